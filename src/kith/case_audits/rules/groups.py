"""When a group that audits together meets, and what became of each meeting. Plain Python."""

from __future__ import annotations

from datetime import date, timedelta

MOST_WEEKS = 26
AHEAD = 6  # meetings that are drawn up


def days_planned(first_on: date, every_weeks: int, since: date, until: date) -> list[date]:
    """Every day planned from `since` to `until`, both included. Raises ValueError for no rhythm."""
    if not 1 <= every_weeks <= MOST_WEEKS:
        raise ValueError(f"A group meets every 1 to {MOST_WEEKS} weeks")
    step = timedelta(weeks=every_weeks)
    begun = max(0, -(-(since - first_on).days // step.days))
    found, on = [], first_on + begun * step
    while on <= until:
        found.append(on)
        on += step
    return found


def next_days(first_on: date, every_weeks: int, today: date, many: int = AHEAD) -> list[date]:
    """The next so many days planned, today too."""
    return days_planned(first_on, every_weeks, today, max(today, first_on) + timedelta(weeks=every_weeks * many))[:many]


def every_words(weeks: int) -> str:
    """Every week; every 6 weeks."""
    return "Every week" if weeks == 1 else f"Every {weeks} weeks"
