"""Days, times, ages and durations in the words pages use. Pure: the present moment is always passed in.

Moments are aware datetimes and are said in the time of the United Kingdom; days are plain dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)  # our own names, so that no locale of the machine changes a page
TURNS_WITHIN = timedelta(weeks=8)
GROWN = 25  # from this age on the next birthday is nobody's business here

ClockState = Literal["later", "soon", "overdue", "done"]


@dataclass(frozen=True)
class ClockWords:
    """A duty's clock: its state, the words ("due in 5 hours") and the moment ("Wednesday, 9 am")."""

    state: ClockState
    words: str
    moment: str

    @property
    def sentence(self) -> str:
        return f"{self.words} ({self.moment})"


def local_day(when: date | datetime) -> date:
    """The day on which a moment fell here; a day is itself."""
    return when.astimezone(UK).date() if isinstance(when, datetime) else when


def day(when: date | datetime) -> str:
    """Such as "Tuesday 3 November 2026"."""
    on = local_day(when)
    return f"{DAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]} {on.year}"


def short_day(when: date | datetime) -> str:
    """Such as "3 Nov 2026"."""
    on = local_day(when)
    return f"{on.day} {MONTHS[on.month - 1][:3]} {on.year}"


def line_day(when: date | datetime) -> str:
    """Such as "Tue 3", for lines under the heading of their month."""
    on = local_day(when)
    return f"{DAYS[on.weekday()][:3]} {on.day}"


def month(when: date | datetime) -> str:
    """Such as "November 2026"."""
    on = local_day(when)
    return f"{MONTHS[on.month - 1]} {on.year}"


def clock_time(when: datetime) -> str:
    """Such as "4:10 pm", "9 am", "midday", "midnight"."""
    at = when.astimezone(UK)
    if at.minute == 0 and at.hour in (0, 12):
        return "midday" if at.hour else "midnight"
    hour, half = at.hour % 12 or 12, "am" if at.hour < 12 else "pm"
    return f"{hour}:{at.minute:02d} {half}" if at.minute else f"{hour} {half}"


def day_and_time(when: datetime) -> str:
    """Such as "Tuesday 3 November 2026, 4:10 pm"."""
    return f"{day(when)}, {clock_time(when)}"


def moment(when: datetime, now: datetime) -> str:
    """As near as it needs saying: "today, 4:10 pm", "Wednesday, 9 am", "Tuesday 3 November, 9 am"."""
    on, today = local_day(when), local_day(now)
    away = (on - today).days
    if away in (-1, 0, 1):
        named = ("yesterday", "today", "tomorrow")[away + 1]
    elif 1 < away < 7:
        named = DAYS[on.weekday()]
    else:
        named = day(on).removesuffix(f" {today.year}") if on.year == today.year else day(on)
    return f"{named}, {clock_time(when)}"


def length(span: timedelta) -> str:
    """A length of time in its largest sensible unit: "5 hours", "3 days", "5 weeks", "2 years"."""
    seconds = abs(span.total_seconds())
    for unit, size, below in _UNITS:
        if seconds < below:
            return _count(int(seconds // size), unit)
    return _count(int(seconds // _YEAR), "year")


def ago(when: datetime, now: datetime) -> str:
    """Such as "6 hours ago"; "just now" within a minute; "in 3 days" when it is still to come."""
    if abs(now - when) < timedelta(minutes=1):
        return "just now"
    return f"{length(now - when)} ago" if when < now else f"in {length(when - now)}"


def clock(
    due: datetime, now: datetime, *, done: datetime | None = None, soon: timedelta = timedelta(days=1)
) -> ClockWords:
    """How a duty stands: done, overdue, soon (within `soon`) or later."""
    said = moment(due, now)
    if done is not None:
        late = done > due
        return ClockWords("done", f"done {length(done - due)} late" if late else "done in time", moment(done, now))
    if now > due:
        return ClockWords("overdue", f"overdue by {length(now - due)}", said)
    return ClockWords("soon" if due - now <= soon else "later", f"due in {length(due - now)}", said)


def age_in_years(born: date, on: date) -> int:
    """Whole years; born on 29 February means a birthday on 1 March in other years, as the law has it."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def age(born: date, on: date) -> str:
    """Such as "15, turns 16 in 5 weeks"; months below two years; "not yet born" before birth."""
    if born > on:
        return "not yet born"
    years = age_in_years(born, on)
    if years < 2:
        return _young(born, on)
    waits = _birthday(born, on.year if _birthday(born, on.year) > on else on.year + 1) - on
    if _birthday(born, on.year) == on:
        return f"{years}, {years} today"
    if years + 1 > GROWN or waits > TURNS_WITHIN:
        return str(years)
    return f"{years}, turns {years + 1} in {_days(waits)}"


def initials(name: str) -> str:
    """Such as "A O" for "Amara Osei": for page titles and boards that others can read."""
    return " ".join(part[0].upper() for part in name.replace("-", " ").split() if part[0].isalpha())


def count(number: int, one: str, many: str = "") -> str:
    """Such as "1 entry", "2 entries", "1,204 people"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def sentence(text: str) -> str:
    """The text beginning with a capital and otherwise as it was."""
    return text[:1].upper() + text[1:]


def _young(born: date, on: date) -> str:
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    return (_count(months, "month") if months else _days(on - born)) + " old"


def _days(span: timedelta) -> str:
    return _count(span.days, "day") if span.days < 14 else _count(span.days // 7, "week")


def _birthday(born: date, year: int) -> date:
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_WEEK, _MONTH, _YEAR = 7 * _DAY, 30.4375 * _DAY, 365.25 * _DAY
_UNITS: tuple[tuple[str, float, float], ...] = (
    ("minute", _MINUTE, _HOUR),
    ("hour", _HOUR, 2 * _DAY),
    ("day", _DAY, 2 * _WEEK),
    ("week", _WEEK, 12 * _WEEK),
    ("month", _MONTH, 2 * _YEAR),
)
