"""Grading: a task of the police, never asked of partners. A row that stands for good; to grade again adds one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.audit.actions import record
from kith.intelligence.actions.giving import CLERK
from kith.intelligence.actions.telling import tell
from kith.intelligence.models import Grading, Report
from kith.intelligence.permissions import check_can_grade
from kith.intelligence.rules.codes import News, grading_on, listed


@dataclass(frozen=True)
class Graded:
    """The answers: codes of the grading in force, conditions where the handling code has them, and how soon."""

    source_code: str
    information_code: str
    handling_code: str
    priority: str
    conditions: str = ""
    note: str = ""


@transaction.atomic
def grade(*, report_id: int, graded: Graded, by: Viewer, now: datetime) -> Grading:
    """Grades a report. Raises ValueError for a code that is not in force, or for conditions that are not said."""
    check_can_grade(by)
    _check(graded, now)
    report = Report.objects.get(pk=report_id)
    again = report.gradings.exists()
    grading = Grading.objects.create(
        report=report,
        scope_id=report.scope_id,
        source_code=graded.source_code,
        information_code=graded.information_code,
        handling_code=graded.handling_code,
        conditions=graded.conditions.strip(),
        priority=graded.priority,
        note=graded.note.strip(),
        by=by,
        at=now,
    )
    what = f"Graded {report.number} {grading.words}{' again' if again else ''}"
    record(viewer=by, action="grade-intelligence", what=what, now=now)
    if not again:
        tell(number=report.number, news=News.GRADED, by=system_viewer(CLERK), now=now)
    return grading


def _check(graded: Graded, now: datetime) -> None:
    system = grading_on(localdate(now))
    known = (
        graded.source_code in system.source_codes
        and graded.information_code in system.information_codes
        and graded.handling_code in system.handling_codes
        and graded.priority in {one.key for one in listed("priorities")}
    )
    if not known:
        raise ValueError("That is not a code of the grading in force.")
    if graded.handling_code == "C" and not graded.conditions.strip():
        raise ValueError("Say on what conditions it may be shared.")
