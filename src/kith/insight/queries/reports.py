"""Reports and problem profiles that somebody may read, and what was written in them.

A draft has no rows for whoever may not write it: row security sees to it, not these questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from kith.foundations.papers import Paper
from kith.foundations.papers.keeping import read_kept
from kith.insight.models import Cut, Rating, Report, ReportSigned, ReportStep, ReportWords
from kith.insight.rules.periods import Window, read
from kith.insight.rules.profiles import Subject, subject
from kith.insight.rules.reports import Comparator, ReportKind, State, report_kinds

LOOKED_BACK = 8  # plans, in which an action is followed


@dataclass(frozen=True)
class Asked:
    """What a report is of, whether or not it stands in the database. A problem profile has a subject and a purpose."""

    cut: Cut
    kind: ReportKind
    period: Window
    comparator: Comparator
    subject: Subject | None = None
    purpose: str = ""

    @property
    def title(self) -> str:
        """What it is, and of when."""
        return f"{self.kind.title}{f': {self.subject.title}' if self.subject else ''}, {self.period}"

    @property
    def beside(self) -> Window:
        """The period to compare with."""
        return self.comparator.window(self.period)


@dataclass(frozen=True)
class Written:
    """What people wrote: words and comparators by section, and the actions of a plan."""

    words: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    steps: tuple[ReportStep, ...] = ()


def reports(*, of_subject: bool | None = None) -> QuerySet[Report]:
    """Reports, the newest first; `of_subject`: of a subject alone (problem profiles), or none of these."""
    found = Report.objects.order_by("-made_at", "-pk").select_related("cut", "made_by", "signed", "signed__by")
    if of_subject is None:
        return found
    return found.exclude(subject="") if of_subject else found.filter(subject="")


def report_or_none(report_id: int) -> Report | None:
    """One report, if it is there for whoever looks."""
    return reports().filter(pk=report_id).first()


def once_profile(profile_id: int) -> Report | None:
    """The problem profile that had this number while profiles had numbers of their own."""
    return reports().filter(was_profile=profile_id).first()


def asked(report: Report) -> Asked:
    """What it is of. Raises KeyError where its kind is no more."""
    kind, comparator = report_kinds()[report.kind], Comparator(report.comparator)
    of = subject(report.subject, report.called)
    return Asked(report.cut, kind, read(report.period), comparator, of, report.purpose)


def signed_of(report: Report) -> ReportSigned | None:
    """Its signature, or None while it is a draft."""
    return ReportSigned.objects.filter(report=report).select_related("by").first()


def written(report: Report) -> Written:
    """The newest version of every section, and of every action that was not taken out."""
    newest = {one.section: one for one in report.words.order_by("at", "pk")}
    found = report.steps.select_related("carried_from__report", "from_rating__review").order_by("at", "pk")
    steps = {one.number: one for one in found}
    return Written(
        {key: one.words for key, one in newest.items()},
        {key: one.beside for key, one in newest.items()},
        tuple(steps[number] for number in sorted(steps) if not steps[number].taken_out),
    )


def versions(report: Report, section: str) -> list[ReportWords]:
    """All that was written in a section, the newest first."""
    return list(report.words.filter(section=section).order_by("-at", "-pk").select_related("by")[:100])


def step_or_none(report: Report, number: int) -> ReportStep | None:
    """An action as it stands, if it is there."""
    return next((one for one in written(report).steps if one.number == number), None)


def plan_before(report: Report) -> Report | None:
    """The plan of this kind that was begun before it: the newest that is signed off, or else the newest."""
    earlier = reports().filter(kind=report.kind, pk__lt=report.pk)
    return earlier.filter(signed__isnull=False).first() or earlier.first()


def to_carry(report: Report, before: Report | None, ratings: Iterable[Rating]) -> tuple[list[ReportStep], list[Rating]]:
    """Of the plan before, actions that are not done; of meetings these; without what came already."""
    there = written(report).steps
    carried, rated = {one.carried_from_id for one in there}, {one.from_rating_id for one in there}
    steps = written(before).steps if before else ()
    still = [one for one in steps if one.state != State.DONE.value and one.pk not in carried]
    rated |= {one.from_rating_id for one in still}
    return still, [one for one in ratings if one.pk not in rated]


def course_of(step: ReportStep) -> list[ReportStep]:
    """The same action in the plans before, the oldest first."""
    course: list[ReportStep] = []
    while step.carried_from and step.carried_from not in course and len(course) < LOOKED_BACK:
        step = step.carried_from
        course.insert(0, step)
    return course


def paper_signed(signed: ReportSigned) -> Paper:
    """The report as it was signed off."""
    return read_kept(signed.content)
