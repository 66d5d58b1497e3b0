"""When a child was in care, worked out of the days on which care is said to have begun and ended. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

LIVING_IN_CARE = frozenset({"foster-home", "childrens-home", "supported"})  # codes of missing_from


@dataclass(frozen=True)
class Spell:
    """One time in care: from a day until the day on which it ended (None: it has not)."""

    since: date
    until: date | None = None

    def has(self, day: date) -> bool:
        """Whether they were in care on this day; the day on which care ends is no longer one."""
        return self.since <= day and (self.until is None or day < self.until)


def spells(starts: Iterable[date], ends: Iterable[date]) -> tuple[Spell, ...]:
    """Times in care in order. A start inside a time that goes on is the same told again; each ends at the next end."""
    found: list[Spell] = []
    known_ends = sorted(set(ends))
    for start in sorted(set(starts)):
        if found and (found[-1].until is None or start < found[-1].until):
            continue
        found.append(Spell(start, next((end for end in known_ends if end > start), None)))
    return tuple(found)


def in_care_on(day: date, times: Sequence[Spell], missing_from: str = "") -> bool:
    """Lives in a foster home, children's home or supported accommodation, or is in care by the record."""
    return missing_from in LIVING_IN_CARE or any(spell.has(day) for spell in times)
