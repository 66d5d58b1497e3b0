"""Whom a report by another system means, decided by a person of the missing desk; and undone while nothing followed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from kith.exchange.actions.keys import JOB
from kith.exchange.actions.sent import stand_on
from kith.exchange.bodies import kept_report
from kith.exchange.models import SentReport
from kith.exchange.permissions import check_can_match
from kith.exchange.queries.sent import followed
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.linkage.newcomers import Newcomer, take_back_person
from kith.missing.actions import settle_and_tell
from kith.missing.actions.newcomers import record_of_newcomer
from kith.missing.actions.updates import set_aside as set_absence_aside
from kith.missing.models import Account
from kith.subjects.models import Subject

DECIDED = "Somebody has decided on this report already."
NOT_DECIDED = "Nobody has decided on this report yet: there is nothing to undo."
FOLLOWED = "Something has followed from it. Set it right on the page of the absence."
NO_REASON = "Say why: the reason stands with the report."
ANOTHER = "It was another child: the report is with the missing desk again"


@transaction.atomic
def say_who(*, report_id: int, subject_id: int, by: Viewer, now: datetime) -> SentReport:
    """This child is meant: the report becomes its agency's account, with the return if that came already.

    Whoever decides must be able to know of the child; the view sees to that. Raises NotAllowed where it was decided.
    """
    check_can_match(by)
    report = _waiting(report_id)
    return _stand(report, subject_id, by, now)


@transaction.atomic
def begin_record(*, report_id: int, by: Viewer, now: datetime) -> SentReport:
    """Nobody on record is meant: a record begins with the report, and is compared with everybody's."""
    check_can_match(by)
    report = _waiting(report_id)
    newcomer = Newcomer(_facts(report), is_child=True, told_in=f"Reported missing by {report.agency.name}’s system")
    subject_id = record_of_newcomer(newcomer=newcomer, by=by, now=now)
    with viewing_as(system_viewer(JOB)):
        # where not, it is the record of a child of whom even that is withheld
        report.began_record = Subject.objects.filter(pk=subject_id, created_at=now).exists()
    return _stand(report, subject_id, by, now)


@transaction.atomic
def set_aside(*, report_id: int, because: str, by: Viewer, now: datetime) -> SentReport:
    """The report stands on nobody's record, for a reason. It is kept whole."""
    check_can_match(by)
    if not because.strip():
        raise NotAllowed(NO_REASON)
    report = _waiting(report_id)
    report.set_aside_because, report.decided_by, report.decided_at = because.strip()[:300], by, now
    report.save(update_fields=["set_aside_because", "decided_by", "decided_at"])
    what = f"Set report {report.pk} by an agency’s system aside"
    record(viewer=by, action="set-aside-sent", what=what, because=because[:300], now=now)
    return report


@transaction.atomic
def take_back(*, report_id: int, by: Viewer, now: datetime) -> SentReport:
    """Undoes what was decided, by a person or by the rule: the report waits again. NotAllowed once more followed."""
    check_can_match(by)
    report = _locked(report_id)
    if report.account_id is None and not report.set_aside_because:
        raise NotAllowed(NOT_DECIDED)
    if report.account_id is not None:
        _take_off(report, by, now)
    report.account, report.subject, report.began_record, report.back_stands = None, None, False, False
    report.set_aside_because, report.decided_by, report.decided_at = "", None, None
    report.save()
    what = f"Report {report.pk} by an agency’s system waits again"
    record(viewer=by, action="take-back-sent", what=what, now=now)
    return report


def _stand(report: SentReport, subject_id: int, by: Viewer, now: datetime) -> SentReport:
    with viewing_as(system_viewer(JOB)):
        stand_on(report=report, subject_id=subject_id, by=by, now=now)
        report.subject_id, report.decided_by = subject_id, by
        report.save(update_fields=["subject", "decided_by", "began_record"])
    what = f"Said which child report {report.pk} by an agency’s system means"
    record(viewer=by, action="match-sent", subjects=[subject_id], what=what, because=report.why_not, now=now)
    return report


def _take_off(report: SentReport, by: Viewer, now: datetime) -> None:
    """The account counts no more, nor an absence of which nobody else tells; a record begun with it is taken back."""
    with viewing_as(system_viewer(JOB)):
        if followed(report):
            raise NotAllowed(FOLLOWED)
        account = Account.objects.select_related("episode").get(pk=report.account_id or 0)
        account.withdrawn_at = now
        account.save(update_fields=["withdrawn_at"])
        if account.episode.accounts.filter(withdrawn_at=None).exists():
            settle_and_tell(episode=account.episode, why=ANOTHER, by=by, now=now)
        else:
            set_absence_aside(episode_id=account.episode_id, because=ANOTHER, by=by, now=now)
        if report.began_record:
            take_back_person(subject_id=account.told_of_id, because=ANOTHER, by=by, now=now)


def _waiting(report_id: int) -> SentReport:
    report = _locked(report_id)
    if report.account_id is not None or report.set_aside_because:
        raise NotAllowed(DECIDED)
    return report


def _locked(report_id: int) -> SentReport:
    return SentReport.objects.select_for_update(of=("self",)).select_related("agency").get(pk=report_id)


def _facts(report: SentReport) -> dict[str, str]:
    """What a record is begun with: who the child is, as it was sent."""
    child: dict[str, Any] = kept_report(report.told, report.sent_at)["child"]
    return {name: str(value) for name, value in child.items()}
