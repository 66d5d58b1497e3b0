"""The lines of one record's chronology, a month at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import TruncMonth

from kith.chronology.models import Entry, EntrySubject


@dataclass(frozen=True)
class Filters:
    """What somebody asked to see. Empty means everything; `kinds` are keys of the entry kinds."""

    significant: bool = False
    agency_id: int | None = None
    kinds: frozenset[str] | None = None


@dataclass(frozen=True)
class MonthCount:
    """How many entries a record has in a month (its first day), as filtered."""

    month: date
    entries: int


@dataclass(frozen=True)
class SourceCount:
    """How many entries of a kind an agency (None: nobody's) has given to a record."""

    agency_id: int | None
    agency: str
    kind: str
    entries: int


@dataclass
class Line:
    """One entry as it stands on one record; an entry that names the subject twice is still one line."""

    entry: Entry
    on: date
    significant: bool
    impact: str
    marked_by: int | None
    private_texts: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)


def standing(subject_id: int, filters: Filters | None = None) -> QuerySet[EntrySubject]:
    """What stands on a record now: not superseded and not withdrawn by its source."""
    rows = EntrySubject.objects.filter(subject_id=subject_id, entry__superseded_by=None, entry__ended_at=None)
    if filters is None:
        return rows
    asked = Q()
    if filters.significant:
        asked &= Q(significant=True)
    if filters.agency_id is not None:
        asked &= Q(entry__agency_id=filters.agency_id)
    if filters.kinds is not None:
        asked &= Q(entry__kind__in=filters.kinds)
    return rows.filter(asked)


def months_of(subject_id: int, filters: Filters) -> list[MonthCount]:
    """Every month that has entries, newest first. One query however long the record."""
    rows = standing(subject_id, filters).annotate(month=TruncMonth("on")).values("month")
    counted = rows.annotate(entries=Count("entry_id", distinct=True)).order_by("-month")
    return [MonthCount(row["month"], row["entries"]) for row in counted]


def sources_of(subject_id: int) -> list[SourceCount]:
    """Which agencies gave which kinds of entry, for the filters. One query."""
    rows = standing(subject_id).values("entry__agency_id", "entry__agency__name", "entry__kind")
    counted = rows.annotate(entries=Count("entry_id", distinct=True)).order_by("entry__agency__name", "entry__kind")
    return [
        SourceCount(row["entry__agency_id"], row["entry__agency__name"] or "", row["entry__kind"], row["entries"])
        for row in counted
    ]


def lines_between(
    subject_id: int, since: date, before: date, filters: Filters, *, oldest_first: bool = False
) -> list[Line]:
    """The lines from the day `since` up to and not including `before`. One query."""
    rows = standing(subject_id, filters).filter(on__gte=since, on__lt=before)
    lines = _in_order(_merged(_with_entries(rows)))
    return lines if oldest_first else lines[::-1]


def latest_lines(subject_id: int, filters: Filters, *, limit: int) -> list[Line]:
    """The latest lines, newest first. One query; twice the limit is read, for entries that name the subject twice."""
    rows = standing(subject_id, filters).order_by("-on", "-id")
    return _in_order(_merged(_with_entries(rows)[: limit * 2]))[::-1][:limit]


def line_of(entry_id: int, subject_id: int) -> Line | None:
    """One standing entry as it is on one record, or None where it is not there for this viewer. One query."""
    lines = _merged(_with_entries(standing(subject_id).filter(entry_id=entry_id)))
    return lines[0] if lines else None


def entry_seen(entry_id: int) -> Entry | None:
    """A standing entry that the viewer may read."""
    return Entry.objects.filter(pk=entry_id, superseded_by=None, ended_at=None).first()


def stands_instead(entry_id: int, viewer_id: int) -> Entry | None:
    """What this viewer has put in place of an entry."""
    return Entry.objects.filter(supersedes=entry_id, written_by_id=viewer_id).first()


def parts_of(entry: Entry) -> tuple[tuple[int, ...], tuple[tuple[int, str], ...]]:
    """Whom the entry is about as far as the viewer sees, and each one's own part."""
    rows = EntrySubject.objects.filter(entry=entry).order_by("pk").values_list("subject_id", "private_text")
    return tuple(dict.fromkeys(pk for pk, _ in rows)), tuple(rows)


def latest_of_each(subject_ids: Iterable[int], *, significant: bool) -> dict[int, Line]:
    """Each subject's latest line, or latest significant line. One query."""
    rows = EntrySubject.objects.filter(
        subject_id__in=list(subject_ids), entry__superseded_by=None, entry__ended_at=None
    )
    if significant:
        rows = rows.filter(significant=True)
    latest = _with_entries(rows).order_by("subject_id", "-on", "-id").distinct("subject_id")
    return {row.subject_id: _line(row) for row in latest}


def latest_recorded(subject_ids: Iterable[int]) -> dict[int, object]:
    """When each subject's record last had something added. One query."""
    rows = EntrySubject.objects.filter(subject_id__in=list(subject_ids)).values("subject_id")
    return dict(rows.annotate(last=Max("entry__recorded_at")).values_list("subject_id", "last"))


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _with_entries(rows: QuerySet[EntrySubject]) -> QuerySet[EntrySubject]:
    return rows.select_related("entry", "entry__agency", "entry__written_by")


def _merged(rows: Iterable[EntrySubject]) -> list[Line]:
    lines: dict[int, Line] = {}
    for row in rows:
        _add(lines.setdefault(row.entry_id, _line(row)), row)
    return list(lines.values())


def _line(row: EntrySubject) -> Line:
    return Line(row.entry, row.on, row.significant, row.impact, row.marked_significant_by)


def _add(line: Line, row: EntrySubject) -> None:
    line.significant = line.significant or row.significant
    line.impact = line.impact or row.impact
    if row.private_text:
        line.private_texts.append(row.private_text)
    if row.part:
        line.parts.append(row.part)


def _in_order(lines: Sequence[Line]) -> list[Line]:
    """By day; within a day by time, with those whose time is not known first; then as written."""
    return sorted(lines, key=lambda line: (line.on, line.entry.at is not None, line.entry.at or line.on, line.entry.pk))
