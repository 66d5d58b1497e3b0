"""The years of the national return on children looked after, and months before a day. Plain Python."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class CollectionYear:
    """From 1 April to 31 March; both days are in it."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first.year}-{self.last.year % 100:02}"


def collection_year(text: str) -> CollectionYear:
    """Of "2026", the year that ends on 31 March 2026; of "2025-26" or "2025/26", the same. Raises ValueError."""
    found = re.fullmatch(r"(\d{4})(?:[-/](\d{2}|\d{4}))?", text.strip())
    if not found:
        raise ValueError("Give the year in which it ends, like 2026, or both, like 2025-26.")
    ends = int(found[1]) + (1 if found[2] else 0)
    if found[2] and int(found[2]) % 100 != ends % 100:
        raise ValueError(f"{text} is not one year from April to March. Give it like {found[1]}-{ends % 100:02}.")
    if not 1990 <= ends <= 2100:
        raise ValueError(f"{ends} is not a year of this return.")
    return CollectionYear(date(ends - 1, 4, 1), date(ends, 3, 31))


def months_before(day: date, months: int) -> date:
    """The same day so many months before, or the month's last where it has no such day."""
    number = day.year * 12 + day.month - 1 - months
    for last in (day.day, 30, 29, 28):
        try:
            return date(number // 12, number % 12 + 1, last)
        except ValueError:
            continue
    raise ValueError(f"No day {months} months before {day}.")
