"""Volumes as a table and a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from kith.foundations.design_system import words
from kith.intelligence.queries.volumes import Volumes
from kith.intelligence.rules.holidays import where_from


@dataclass(frozen=True)
class VolumesShown:
    """The table of volumes, and what it says in a sentence."""

    months: tuple[tuple[str, str], ...]  # month, its school holidays
    rows: tuple[tuple[str, tuple[int, ...], int], ...]
    totals: tuple[int, ...]
    total: int
    bars: tuple[tuple[str, int, int, bool], ...]  # month, reports, height in hundredths, whether it has holidays
    pace: str
    acknowledged: str
    where_from: str


def show_volumes(found: Volumes) -> VolumesShown:
    """The counts with the holidays of each month beside its name."""
    most = max(found.totals, default=0) or 1
    names = [words.month(month) for month in found.months]
    bars = zip(names, found.totals, found.marked, strict=True)
    return VolumesShown(
        months=tuple((name, ", ".join(marked)) for name, marked in zip(names, found.marked, strict=True)),
        rows=tuple((name, counts, sum(counts)) for name, counts in found.rows),
        totals=found.totals,
        total=sum(found.totals),
        bars=tuple((name, number, round(100 * number / most), bool(marked)) for name, number, marked in bars),
        pace=pace_words(found),
        acknowledged=f"{found.acknowledged} of {found.reports} reports were acknowledged to whoever gave them",
        where_from=where_from(),
    )


def pace_words(found: Volumes) -> str:
    """How many a week arrive in school holidays and in term."""
    off, term = found.in_holidays, found.in_term
    if not off.days or not term.days:
        return "The days of school holidays are not known for these months."
    return (
        f"{off.a_week:.1f} reports a week arrive in school holidays and {term.a_week:.1f} in term "
        f"({off.reports} in {off.days} days, {term.reports} in {term.days} days)."
    )
