"""Questions about who looked, and about circles that the one who asks may not see the records of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, TruncDate
from django.utils import timezone

from kith.foundations.access.models import BreakGlass, Scope
from kith.foundations.audit.models import AuditEvent
from kith.governance.rules import LOOKS, WORK_BEGINS, WORK_ENDS, holidays_between
from kith.subjects.models import Headline, Subject

LARGEST = 2**63 - 1  # of the numbers a record can have; an address can ask for any


@dataclass(frozen=True)
class Label:
    """A record as an auditor may name it: number, kind, and a person's initials."""

    subject_id: int
    kind: str
    initials: str

    @property
    def words(self) -> str:
        return f"{self.subject_id} ({self.initials})" if self.initials else f"{self.subject_id} ({self.kind})"


@dataclass(frozen=True)
class AuditFilter:
    """What lines of the record of who looked to show. Everything that is empty does not narrow."""

    person: str = ""
    agency: str = ""
    action: str = ""
    subject_id: int | None = None
    first: date | None = None
    last: date | None = None
    no_relationship: bool = False
    out_of_hours: bool = False
    break_glass: bool = False


def labels_of(subject_ids: Iterable[int]) -> dict[int, Label]:
    """Number, kind and initials of records, for auditors; nothing for anybody else. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select subject_id, kind, initials from kith_subject_labels(%s::bigint[])",
            [sorted({one for one in subject_ids if one <= LARGEST})],
        )
        return {row[0]: Label(*row) for row in cursor.fetchall()}


def headline_to_break(subject_id: int) -> Headline | None:
    """The headline behind which the glass could be broken: None where the one who asks may not know of any."""
    return Headline.objects.filter(pk=subject_id).first()


def circle_behind(subject_id: int) -> Scope | None:
    """The circle behind a headline that the one who asks may see. The database decides."""
    with connection.cursor() as cursor:
        cursor.execute("select kith_circle_behind_headline(%s)", [subject_id])
        scope_id = cursor.fetchone()[0]
    return Scope.objects.filter(pk=scope_id).first() if scope_id else None


def subject_for_who_looked(subject_id: int) -> Subject | None:
    """The record itself, where it exists for the one who asks."""
    return Subject.objects.select_related("person", "group", "place").filter(pk=subject_id).first()


def subjects_by_id(subject_ids: Iterable[int]) -> dict[int, Subject]:
    """Those of the records that exist for the one who asks."""
    return Subject.objects.in_bulk(list(set(subject_ids)))


def who_looked(subject_id: int) -> QuerySet[AuditEvent]:
    """Every line about a record, newest first."""
    return AuditEvent.objects.filter(subjects__contains=[subject_id]).order_by("-at", "-pk")


def lookers(subject_id: int, since: datetime) -> list[Mapping[str, Any]]:
    """Everybody who looked at a record since then: how often, first and last time."""
    looks = AuditEvent.objects.filter(subjects__contains=[subject_id], action__in=LOOKS, at__gt=since)
    people = looks.values("viewer_id", "viewer_name", "agency")
    return [dict(row) for row in people.annotate(times=Count("pk"), first=Min("at"), last=Max("at")).order_by("-last")]


LAST_LOOKS = """
select subject, max(at) from audit_auditevent, unnest(subjects) as subject
where viewer_id = %s and at > %s and action = any(%s) and subject = any(%s) group by subject
"""


def last_looks(viewer_id: int, subject_ids: Iterable[int], since: datetime) -> dict[int, datetime]:
    """When the viewer last opened each of these records, of those opened since then. One query."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_LOOKS, [viewer_id, since, ["read-record", "print-record"], list(subject_ids)])
        return dict(cursor.fetchall())


def audit_lines(chosen: AuditFilter) -> QuerySet[AuditEvent]:
    """Lines of the record of who looked, newest first."""
    lines = AuditEvent.objects.order_by("-at", "-pk")
    if chosen.person:
        lines = lines.filter(viewer_name__icontains=chosen.person)
    if chosen.agency:
        lines = lines.filter(agency=chosen.agency)
    if chosen.action:
        lines = lines.filter(action=chosen.action)
    if chosen.subject_id is not None:
        lines = lines.filter(subjects__contains=[chosen.subject_id])
    if chosen.first:
        lines = lines.filter(at__gte=_midnight(chosen.first))
    if chosen.last:
        lines = lines.filter(at__lt=_midnight(chosen.last + timedelta(days=1)))
    return _unusual(lines, chosen)


def agencies_that_looked() -> list[str]:
    """Agencies whose people are on the record."""
    return list(AuditEvent.objects.exclude(agency="").order_by("agency").values_list("agency", flat=True).distinct())


def actions_done() -> list[str]:
    """Kinds of line there are."""
    return list(AuditEvent.objects.order_by("action").values_list("action", flat=True).distinct())


def _unusual(lines: QuerySet[AuditEvent], chosen: AuditFilter) -> QuerySet[AuditEvent]:
    if chosen.no_relationship:
        lines = lines.filter(Q(action="refused") | Q(action__in=[*LOOKS, "search"], because="")).exclude(subjects=[])
    if chosen.break_glass:
        glass = Q(action__in=["break-glass", "review-break-glass"]) | Q(because__startswith="Broke the glass")
        lines = lines.filter(glass)
    if chosen.out_of_hours:
        here = timezone.get_current_timezone()
        day, hour, weekday = (
            TruncDate("at", tzinfo=here),
            ExtractHour("at", tzinfo=here),
            ExtractIsoWeekDay("at", tzinfo=here),
        )
        holidays = holidays_between(chosen.first or date(2012, 1, 1), chosen.last or timezone.localdate())
        lines = lines.annotate(day=day, hour=hour, weekday=weekday).filter(
            Q(hour__lt=WORK_BEGINS) | Q(hour__gte=WORK_ENDS) | Q(weekday__gte=6) | Q(day__in=holidays)
        )
    return lines


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())


def one_break_glass(broken_id: int) -> BreakGlass | None:
    """One breaking of the glass, where it exists for the one who asks."""
    broken = BreakGlass.objects.select_related("viewer__agency", "opening", "reviewed_by")
    return broken.filter(pk=broken_id).first()


def looks_while_broken(broken: BreakGlass) -> QuerySet[AuditEvent]:
    """What they did with the record from breaking the glass until it closed again."""
    until = broken.opening.ended_at or broken.opening.until
    lines = AuditEvent.objects.filter(viewer_id=broken.viewer_id, subjects__contains=[broken.subject_id])
    return lines.filter(at__gte=broken.at, at__lte=until).order_by("at", "pk")[:100]
