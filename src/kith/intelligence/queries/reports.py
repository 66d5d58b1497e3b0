"""The reports of the team that grades: where each stands, and by when it must be graded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Prefetch, QuerySet

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.intelligence.models import Closing, Grading, Joining, PassedOn, Report, Source, Version
from kith.intelligence.rules.alike import Told, told, why_alike
from kith.intelligence.rules.codes import grade_by
from kith.intelligence.rules.twice import look_twice

RANKS = {"high": 0, "medium": 1, "low": 2}
COMPARED_WITHIN = timedelta(days=365)
SUGGESTED_AT_MOST = 10
PUBLIC = ("place", "group")  # without these nobody could act


class Stage(StrEnum):
    """Where a report stands: what is to be done next."""

    GRADE = "grade"
    MAKE = "make"
    APPROVE = "approve"
    SHARE = "share"
    WAITING = "waiting"
    DONE = "done"
    JOINED = "joined"


@dataclass(frozen=True)
class Item:
    """A report with what stands around it."""

    report: Report
    stage: Stage
    grading: Grading | None
    version: Version | None  # the latest
    passed_on: tuple[PassedOn, ...]
    joining: Joining | None

    @property
    def priority(self) -> str:
        return self.grading.priority if self.grading else self.report.priority

    @property
    def act_by(self) -> datetime:
        """By when it must be graded, or must have been."""
        return grade_by(self.report.priority, self.report.given_at)


@dataclass(frozen=True)
class Likely:
    """A report that may tell of the same thing, and why."""

    report: Report
    reasons: tuple[str, ...]


def items(stages: Iterable[Stage] | None = None) -> list[Item]:
    """Every report in these stages (all that are not done, unless told): first by stage, then by when to act."""
    wanted = set(stages or (Stage.GRADE, Stage.MAKE, Stage.APPROVE, Stage.SHARE, Stage.WAITING))
    order = {stage: n for n, stage in enumerate(Stage)}
    found = [one for one in map(_item, _with_all(Report.objects.all())) if one.stage in wanted]
    return sorted(found, key=lambda one: (order[one.stage], *_urgency(one)))


def item_or_none(report_id: int) -> Item | None:
    """One report, where it exists for whoever looks."""
    found = _with_all(Report.objects.filter(pk=report_id)).first()
    return _item(found) if found else None


def joined_here(report: Report) -> list[Report]:
    """The reports that go on together with this one."""
    return list(Report.objects.filter(joinings__into=report, joinings__undone_at=None).order_by("given_at"))


def likely_same(report: Report) -> list[Likely]:
    """Reports of the year around this one that may tell of the same thing, most reasons first."""
    near = (report.given_at - COMPARED_WITHIN, report.given_at + COMPARED_WITHIN)
    others = Report.objects.filter(given_at__range=near).exclude(pk=report.pk).prefetch_related("named")
    apart = others.exclude(joinings__undone_at=None, joinings__isnull=False)
    own = _told(report)
    found = [Likely(other, why_alike(own, _told(other))) for other in apart]
    likely = sorted((one for one in found if one.reasons), key=lambda one: (-len(one.reasons), one.report.pk))
    return likely[:SUGGESTED_AT_MOST]


def words_to_look_at(report: Report, text: str) -> tuple[str, ...]:
    """Words of a version that may tell who the source was, or name somebody. See rules.twice for what it must not tell.

    The source's row is read by the system job alone; whoever asks sees only words of their own text.
    """
    with viewing_as(system_viewer("intelligence")):
        kept = Source.objects.filter(number=report.number).first()
    source = (kept.name, kept.reach, kept.giver_name, kept.giver_email) if kept else ()
    named = report.named.exclude(kind__in=PUBLIC).values_list("value", flat=True)
    return look_twice(text, report=report.text, source=source, named=named)


def _told(report: Report) -> Told:
    return told(report.text, [(one.kind, one.value) for one in report.named.all()])


def _with_all(reports: QuerySet[Report]) -> QuerySet[Report]:
    return reports.select_related("agency", "scope__team", "closing__by").prefetch_related(
        "named__subject",
        Prefetch("gradings", Grading.objects.select_related("by").order_by("-at", "-pk")),
        Prefetch("versions", Version.objects.select_related("by", "decided_by").order_by("-at", "-pk")),
        Prefetch(
            "versions__passed_on",
            PassedOn.objects.select_related("agency", "team").prefetch_related("uses").order_by("at"),
        ),
        Prefetch("joinings", Joining.objects.filter(undone_at=None).select_related("into"), to_attr="standing"),
    )


def _item(report: Report) -> Item:
    gradings, versions = list(report.gradings.all()), list(report.versions.all())
    passed = tuple(one for version in versions for one in version.passed_on.all())
    joining = next(iter(report.standing), None)  # type: ignore[attr-defined]
    grading, version = next(iter(gradings), None), next(iter(versions), None)
    return Item(report, _stage(report, grading, version, passed, joining), grading, version, passed, joining)


def _stage(
    report: Report, grading: Grading | None, version: Version | None, passed: tuple[PassedOn, ...], joining: object
) -> Stage:
    if joining:
        return Stage.JOINED
    if closed(report) or (passed and all(one.uses.all() for one in passed)):
        return Stage.DONE
    if grading is None:
        return Stage.GRADE
    if passed:
        return Stage.WAITING
    if version is None or version.approved is False:
        return Stage.MAKE
    return Stage.SHARE if version.approved else Stage.APPROVE


def closed(report: Report) -> Closing | None:
    """Why it goes no further, where somebody said so."""
    return getattr(report, "closing", None)


def _urgency(one: Item) -> tuple[object, ...]:
    if one.stage == Stage.GRADE:
        return (one.act_by, one.report.pk)
    return (RANKS.get(one.priority, 9), one.report.given_at, one.report.pk)
