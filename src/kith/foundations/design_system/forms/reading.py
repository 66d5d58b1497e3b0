"""Reading dates and times as people type them. Pure: text in, value or a sentence out."""

from __future__ import annotations

import re
from datetime import date, time

from kith.foundations.design_system.forms.widgets import TypedDate

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d{2}))?\s*(?P<half>[ap])?\.?\s*(?:m\.?)?", re.IGNORECASE)
LONGEST = 9  # figures: no day, month or year has more, and Python reads no number of thousands
_NAMED_TIMES = {"midday": time(12), "noon": time(12), "midnight": time(0)}


class CannotRead(ValueError):  # noqa: N818 (it is a sentence for the person, not a fault)
    """What was typed is not a date or a time; `wrong` names the boxes to put right, empty for all."""

    def __init__(self, words: str, *wrong: str) -> None:
        super().__init__(words)
        self.wrong = wrong


def read_date(typed: TypedDate, *, called: str) -> date:
    """The date in the boxes; the month may be a number or a name. Raises CannotRead."""
    missing = [part for part in ("day", "month", "year") if not getattr(typed, part)]
    if missing:
        raise CannotRead(f"{called} must include a {' and '.join(missing)}", *missing)
    year = _number(typed.year)
    if year is None or not 1000 <= year <= 9999:
        raise CannotRead(f"{called} must have a year of four figures, like 2011", "year")
    month = _month(typed.month)
    day = _number(typed.day)
    try:
        return date(year, month or 0, day or 0)
    except ValueError as impossible:
        wrong = ["day"] if month else ["month"]
        raise CannotRead(f"{called} must be a real date", *wrong) from impossible


def read_time(typed: str, *, called: str) -> time:
    """A time from "4:10 pm", "16:10", "1610", "4pm", "midday". Raises CannotRead."""
    words = " ".join(typed.lower().split())
    if words in _NAMED_TIMES:
        return _NAMED_TIMES[words]
    found = _TIME.fullmatch(words)
    if not found:
        raise CannotRead(f"{called} must be a time, like 4:10 pm or 16:10")
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if half and not 1 <= hour <= 12:
        raise CannotRead(f"{called} must be a time, like 4:10 pm or 16:10")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, minute)
    except ValueError as impossible:
        raise CannotRead(f"{called} must be a real time of day") from impossible


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST else None


def _month(text: str) -> int | None:
    named = text.lower()[:3]
    if named in MONTHS and text.isalpha():
        return MONTHS.index(named) + 1
    number = _number(text)
    return number if number and 1 <= number <= 12 else None
