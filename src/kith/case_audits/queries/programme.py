"""Counts without children: how many were done of how many due, who came to meetings, how questions were judged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from kith.case_audits.models import Judged, Meeting
from kith.foundations.access.models import Agency
from kith.insight.rules.periods import Month, Window


@dataclass(frozen=True)
class Done:
    """Completed audits: by kind, agency's key and month; what agencies are called."""

    by_kind: Counter[tuple[str, Month]]
    by_agency: Counter[tuple[str, str]]  # kind, agency's name


def done_in(year: Window) -> Done:
    """Audits completed in a year."""
    rows = Judged.objects.filter(month__gte=year.begins, month__lt=year.after).select_related("agency")
    by_kind: Counter[tuple[str, Month]] = Counter()
    by_agency: Counter[tuple[str, str]] = Counter()
    for row in rows:
        by_kind[row.kind, Month.of(row.month)] += row.is_whole
        by_agency[row.kind, row.agency.name] += 1
    return Done(by_kind, by_agency)


def meetings_in(year: Window) -> list[Meeting]:
    """Meetings of agencies that audit together, the newest first."""
    rows = Meeting.objects.filter(is_held=True, held_on__gte=year.begins, held_on__lt=year.after)
    return list(rows.select_related("noted_by").order_by("-held_on", "-pk"))


def judged_since(since: date) -> list[Judged]:
    """Every judgement since a month."""
    return list(Judged.objects.filter(month__gte=since).order_by("month", "pk"))


def agencies() -> list[Agency]:
    """Agencies of the partnership that could audit."""
    return list(Agency.objects.filter(in_partnership=True).exclude(kind="partnership").order_by("name"))
