"""Which absences of a child in care the national return takes, from when until when, and why not the others.

It takes days: a row begins while the child is in care, ends at the latest when care ends, never overlaps another, and
is left open where the child was still missing at the year’s end. Whatever cannot be told so is left out, and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kith.exchange.rules.years import CollectionYear
from kith.missing.rules.care import Spell

NOT_IN_CARE = "It began on a day on which the child was not in care by the record."
BEFORE_BIRTH = "It began on or before the day of birth: one of the two days is wrong."
BACK_BEFORE = "It ended before it began."
OVERLAPS = "It overlaps {}, which is in the file: the return takes no two at one time. Say whether they are one."
ENDED_WITH_CARE = "Care ended while it went on: it ends in the file on that day."
ENDED_IN_ANOTHER_YEAR = (
    "The placement ended while it went on, before this year: an earlier year’s return ended it then."
)
ENDED_WITH_PLACEMENT = "The placement ended while it went on: it ends in the file on that day, as the return asks."


@dataclass(frozen=True)
class AbsenceTold:
    """One absence by days here. `letter`: M or A. `back` None: not back yet."""

    reference: str
    letter: str
    gone: date
    back: date | None


@dataclass(frozen=True)
class MissingRow:
    """One row. `end` None: still going on when the year ended."""

    letter: str
    start: date
    end: date | None
    reference: str


@dataclass(frozen=True)
class Remark:
    """An absence that is left out, or told otherwise than it was (`kept`), and why."""

    reference: str
    why: str
    kept: bool = False


def missing_rows(
    absences: Iterable[AbsenceTold],
    *,
    born: date,
    care: Sequence[Spell],
    placements: Sequence[Spell],
    year: CollectionYear,
) -> tuple[list[MissingRow], list[Remark]]:
    """The rows of one child's year in order, and what is to be said of the others. Absences of other years are none."""
    rows: list[MissingRow] = []
    remarks: list[Remark] = []
    for one in absences:
        if one.gone > year.last or (one.back and one.back < year.first):
            continue
        row, remark = _row(one, born, care, placements, year)
        if row is None or row.end is None or row.end >= year.first:
            remarks += [remark] if remark else []
            rows += [row] if row else []
    kept, overlapping = _without_overlaps(rows)
    out = {one.reference for one in overlapping}
    return kept, [one for one in remarks if one.reference not in out] + overlapping


def _row(
    one: AbsenceTold, born: date, care: Sequence[Spell], placements: Sequence[Spell], year: CollectionYear
) -> tuple[MissingRow | None, Remark | None]:
    if one.gone <= born:
        return None, Remark(one.reference, BEFORE_BIRTH)
    if one.back and one.back < one.gone:
        return None, Remark(one.reference, BACK_BEFORE)
    spell = next((spell for spell in care if spell.has(one.gone)), None)
    if spell is None:
        return None, Remark(one.reference, NOT_IN_CARE)
    if spell.until and spell.until < year.first:
        return None, None
    left = next((place.until for place in placements if place.has(one.gone) and place.until), None)
    if left and one.gone < year.first and left < year.first:
        return None, Remark(one.reference, ENDED_IN_ANOTHER_YEAR)
    end, remark = one.back, None
    if spell.until and (end is None or end > spell.until):
        end, remark = spell.until, Remark(one.reference, ENDED_WITH_CARE, kept=True)
    if end is None or end > year.last:
        end, remark = None, None
        if left and left <= year.last:
            end, remark = left, Remark(one.reference, ENDED_WITH_PLACEMENT, kept=True)
    return MissingRow(one.letter, one.gone, end, one.reference), remark


def _without_overlaps(rows: list[MissingRow]) -> tuple[list[MissingRow], list[Remark]]:
    """The first of two that overlap stays; one may begin on the day on which another ended."""
    kept: list[MissingRow] = []
    out: list[Remark] = []
    for row in sorted(rows, key=lambda row: (row.start, row.end or date.max, row.reference)):
        before = kept[-1] if kept else None
        if before and (before.end is None or row.start < before.end):
            out.append(Remark(row.reference, OVERLAPS.format(before.reference)))
        else:
            kept.append(row)
    return kept, out
