"""Reports that other systems sent, as far as whoever looks may see."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from kith.exchange.models import ApiCall, SentReport
from kith.missing.models import Episode, Grade, Return, Taken, Update
from kith.missing.rules import SaidBy

AS_TOLD = "As its agency told it"  # the reason of a grade that came with an account
WAITING = Q(account=None, set_aside_because="")


def waiting() -> QuerySet[SentReport]:
    """Those that stand on no record yet, the longest waiting first."""
    return _rows().filter(WAITING).order_by("sent_at", "pk")


def decided() -> QuerySet[SentReport]:
    """Those on a record, or set aside: what was decided last comes first."""
    return _rows().exclude(WAITING).order_by("-decided_at", "-pk")


def sent_report(report_id: int) -> SentReport | None:
    """One, where it exists for whoever looks."""
    return _rows().filter(pk=report_id).first()


def of_number(agency_id: int, number: str) -> SentReport | None:
    """What an agency told under a number of its own."""
    return _rows().filter(agency_id=agency_id, number=number).first()


def call_before(agency_id: int, once: str) -> ApiCall | None:
    """The call that an agency made with this mark."""
    return ApiCall.objects.filter(agency_id=agency_id, once=once).first()


def followed(report: SentReport) -> bool:
    """Whether anything rests on where a report was put: then it is set right on the absence, not undone here."""
    account = report.account
    if account is None or report.decided_at is None:
        return False
    episode: Episode = account.episode
    since: datetime = report.decided_at
    return (
        bool(account.feed or account.moved_from_id or account.withdrawn_at or episode.not_missing_because)
        or episode.accounts.filter(told_at__gt=since).exclude(pk=account.pk).exists()
        or Update.objects.filter(episode=episode, at__gte=since).exists()
        or Grade.objects.filter(episode=episode, at__gte=since).exclude(reasons=AS_TOLD).exists()
        or Return.objects.filter(episode=episode, at__gt=since).exists()
        or Return.objects.filter(episode=episode, at=since).exclude(said_by=SaidBy.ACCOUNT.value).exists()
        or Taken.objects.filter(conversation__covered__episode=episode, recorded_at__gte=since).exists()
    )


def _rows() -> QuerySet[SentReport]:
    return SentReport.objects.select_related("agency", "account__episode", "decided_by", "sent_by")
