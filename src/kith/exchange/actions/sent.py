"""What another agency's system tells of a missing child: kept whole, on the record where one child is certain."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from kith.exchange.actions.keys import JOB
from kith.exchange.bodies import back_of, details_of, kept_report, kept_return
from kith.exchange.models import SentReport
from kith.exchange.queries.sent import of_number
from kith.exchange.queries.whom import meant_by
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.foundations.notices.actions import News, tell
from kith.missing.actions import Back, NotATime, Reported, desk_audience, report_missing, say_account_back
from kith.missing.actions.returns import BEFORE_GONE
from kith.missing.models import Account
from kith.missing.queries.concerned import on_the_desk

WAITS = "A report by another agency’s system is not matched to a child. Say who is meant"


class SentBefore(Exception):  # noqa: N818 - reads as what is said
    """The agency told of another absence under this number."""


class NoSuchNumber(Exception):  # noqa: N818 - reads as what is said
    """The agency has told nothing under this number."""


@transaction.atomic
def take_report(*, told: dict[str, Any], sent: dict[str, Any], by: Viewer, now: datetime) -> tuple[SentReport, bool]:
    """Keeps a report; `told` is what `sent` means. Answers it, and whether it is new. `by` is an agency's own system.

    Where one child is certain, the absence is reported like by anybody. Otherwise the missing desk is told that it
    waits. Raises SentBefore, and NotAllowed where no team follows missing children.
    """
    assert by.agency_id is not None
    with viewing_as(system_viewer(JOB)):
        before = of_number(by.agency_id, told["number"])
        if before:
            if before.told != sent:
                raise SentBefore
            return before, False
        meant = meant_by(told["child"], timezone.localdate(now))
        report = SentReport.objects.create(
            scope=desk_audience(now=now), agency_id=by.agency_id, number=told["number"], told=sent,
            sent_by=by, sent_at=now, why_not=meant.why_not,
        )  # fmt: skip
        if meant.subject_id is None:
            _tell_desk(report, now)
        else:
            stand_on(report=report, subject_id=meant.subject_id, by=by, now=now)
        became = "is not matched" if meant.subject_id is None else "stands on a record"
        subjects = [meant.subject_id] if meant.subject_id else []
        what = f"An agency’s system reported a child missing: report {report.pk} {became}"
        record(viewer=by, action="send-missing", subjects=subjects, what=what, because=meant.why_not, now=now)
    return report, True


@transaction.atomic
def take_return(*, number: str, told: dict[str, Any], sent: dict[str, Any], by: Viewer, now: datetime
                ) -> tuple[SentReport, bool]:  # fmt: skip
    """Keeps a return, on the absence where the report stands on one. Answers the report, and whether this was new.

    Raises NoSuchNumber, and NotATime for a moment before the child was last seen.
    """
    assert by.agency_id is not None
    with viewing_as(system_viewer(JOB)):
        found = of_number(by.agency_id, number)
        if found is None:
            raise NoSuchNumber
        report = SentReport.objects.select_for_update().get(pk=found.pk)
        back = back_of(told)
        if back.at < kept_report(report.told, report.sent_at)["last_seen_at"][0]:
            raise NotATime(BEFORE_GONE)
        if report.back == sent:
            return found, False
        report.back, report.back_at = sent, back.at
        report.back_stands = _say_back(report, back, by, now)
        report.save(update_fields=["back", "back_at", "back_stands"])
        what = f"An agency’s system told that a child is back: report {report.pk}"
        subjects = [report.account.subject_id] if report.account else []
        record(viewer=by, action="send-return", subjects=subjects, what=what, now=now)
    return report, True


def stand_on(*, report: SentReport, subject_id: int, by: Viewer, now: datetime) -> None:
    """The report becomes its agency's account of an absence of this child, with the return if that came already."""
    told = kept_report(report.told, report.sent_at)
    gone_at, gone_is_day = told["last_seen_at"]
    back = back_of(kept_return(report.back, now)) if report.back else None
    reported = Reported(
        subject_id=subject_id,
        agency_id=report.agency_id,
        kind=told["kind"],
        gone_at=gone_at,
        gone_is_day=gone_is_day,
        back_at=back.at if back else None,
        number=report.number,
        told_by=told["told_by"],
        told_at=report.sent_at,
        came_by="api",
        grade=told.get("grade", ""),
        found_at_place=back.place if back else "",
        found_by=back.found_by if back else "",
        returned_to=back.returned_to if back else "",
        harm_seen=back.harm_seen if back else "",
        details=details_of(told),
    )
    episode = report_missing(reported=reported, by=by, now=now)
    mine = Account.objects.filter(episode=episode, agency_id=report.agency_id, number=report.number, came_by="api")
    report.account = mine.latest("pk")
    report.decided_at, report.back_stands = now, report.back_at is not None
    report.save(update_fields=["account", "decided_at", "back_stands"])


def _say_back(report: SentReport, back: Back, by: Viewer, now: datetime) -> bool:
    """Whether the return could be said: the report stands on an absence that counts."""
    account = report.account
    if account is None or account.withdrawn_at or account.episode.not_missing_because:
        return False
    say_account_back(account_id=account.pk, back=back, by=by, now=now)
    return True


def _tell_desk(report: SentReport, now: datetime) -> None:
    news = News(
        text=WAITS, path=reverse("missing-unmatched-one", args=[report.pk]), about=f"sent:{report.pk}",
        once=f"sent:{report.pk}", urgent=True,
    )  # fmt: skip
    tell(viewers=on_the_desk(), news=news, scope=report.scope, now=now)
