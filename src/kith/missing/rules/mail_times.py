"""Days and times as people write them in letters. Local time, unless the letter names another; nothing is guessed.

Plain Python: never raises, whatever the words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from kith.foundations.clocks import HERE

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
OLDEST = 110  # years
_NAME = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,7}"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_FLAGS = re.IGNORECASE | re.ASCII
DAYS = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        r"(?<![\d/])(?P<year>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)",
        rf"(?<![\d/])(?P<d>\d{{1,2}})\s?[-/.]\s?(?P<m>\d{{1,2}})\s?[-/.]\s?{_YEAR}(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]{{0,3}}(?:of\s)?{_NAME}\.?,?[\s'-]{{0,3}}{_YEAR}(?![\d:.]|\s?[ap]m)",
        rf"(?<![a-z]){_NAME}\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>\d{{4}})(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]{{0,3}}(?:of\s)?{_NAME}(?![a-z])",
        r"(?<![\d/])(?P<d>\d{1,2})/(?P<m>\d{1,2})(?![\d/])",
    )
)
NEARBY = re.compile(r"\b(?P<day>today|this morning|this afternoon|tonight|yesterday|last night)\b", re.IGNORECASE)
_HALF = r"\s?(?P<half>[ap])\.?m\b\.?"
TIMES = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        rf"(?<![\d:./-])(?P<h>\d{{1,2}})[:.h](?P<min>\d{{2}})(?::\d{{2}}(?:\.\d{{1,9}})?)?(?!\d)(?:{_HALF})?",
        rf"(?<![\d:./-])(?P<h>\d{{1,2}}){_HALF}",
        r"(?<![\d:./-])(?P<h>\d{2})(?P<min>\d{2})(?![\d/.-])(?:\s?(?:hrs?|hours|h)\b)?",
        r"\b(?P<named>noon|midday|midnight)\b",
    )
)
ZONE = re.compile(r"\s?(?:(?P<name>Z|UTC|GMT|BST)\b|(?P<sign>[+-])(?P<h>\d{2}):?(?P<min>\d{2})(?!\d))", re.ASCII)
ASIDE = re.compile(
    r"^(?:[\s,;.@()\-–]|(?:at|on|approx(?:imately)?|around|about|circa|hrs?|hours|mon|tues?|wed(?:nes)?|thur?s?|fri|"
    r"sat(?:ur)?|sun)(?:day)?\b)*",
    re.IGNORECASE,
)
NO_DAY = "There is no day in it"
NO_SUCH_DAY = "There is no such day"
NO_SUCH_TIME = "There is no such time of day: only the day was read"
TO_COME = "That has not come yet"
TWICE = "That hour came twice, because the clocks went back: the first is taken"
NEVER = "That hour did not come, because the clocks went forward: an hour later is taken"
MIDNIGHT = "Midnight is taken as the start of that day"


@dataclass(frozen=True)
class When:
    """What was read of the words of a moment. `at` None: nothing; `rest`: what follows it, such as a place."""

    at: datetime | None
    is_day: bool = False
    problem: str = ""
    rest: str = ""


def read_when(words: str, now: datetime) -> When:
    """A day with or without its time."""
    today = now.astimezone(HERE).date()
    found = _day(words, today)
    if found is None:
        return When(None, problem=NO_DAY)
    day, start, end = found
    if day is None:
        return When(None, problem=NO_SUCH_DAY)
    without = f"{words[:start]}{' ' * (end - start)}{words[end:]}"
    at, problem, time_end = _time(without, day, words[start:end])
    when = When(start_of(day), True, problem) if at is None else When(at, False, problem)
    if when.at is not None and when.at > now:
        return When(None, problem=TO_COME)
    return When(when.at, when.is_day, when.problem, ASIDE.sub("", words[max(end, time_end) :]).strip(" .,;"))


def join_when(day: str, clock: str, now: datetime) -> When:
    """Of a day on one line and a time on another."""
    return read_when(f"{day} {clock}", now)


def read_born(words: str, today: date) -> tuple[date | None, str]:
    """A date of birth, and what is wrong with it. A day without its year is none."""
    for pattern in DAYS[:4]:
        for match in pattern.finditer(words):
            born = _date(match, today, past=True)
            if born is None:
                return None, NO_SUCH_DAY
            return (born, "") if today.year - OLDEST <= born.year and born <= today else (None, TO_COME)
    return None, NO_DAY


def start_of(day: date) -> datetime:
    """The moment at which a local day starts."""
    return datetime.combine(day, time(), HERE).astimezone(UTC)


def _day(words: str, today: date) -> tuple[date | None, int, int] | None:
    """The first day named, and where it stands; None for a day that does not exist."""
    for pattern in DAYS:
        if match := pattern.search(words):
            return _date(match, today), *match.span()
    if match := NEARBY.search(words):
        said = match["day"].casefold()
        return today - timedelta(days=said in {"yesterday", "last night"}), *match.span()
    return None


def _date(match: re.Match[str], today: date, *, past: bool = False) -> date | None:
    said = match.groupdict()
    month = MONTHS.index(said["month"][:3].casefold()) + 1 if said.get("month") else int(said["m"])
    year = said.get("year")
    if year is None:
        return _latest(int(said["d"]), month, today)
    number = int(year) if len(year) == 4 else 2000 + int(year)
    if past and len(year) == 2 and number > today.year:
        number -= 100
    return _made(number, month, int(said["d"]))


def _latest(day: int, month: int, today: date) -> date | None:
    """Without its year: the last time that day came."""
    this, before = _made(today.year, month, day), _made(today.year - 1, month, day)
    return this if this and this <= today else before


def _made(year: int, month: int, day: int) -> date | None:
    try:
        made = date(year, month, day)
    except ValueError:
        return None
    return made if 1900 <= year <= 2200 else None


def _time(words: str, day: date, said: str) -> tuple[datetime | None, str, int]:
    """The moment, what is to be said of it, and where its words end."""
    for pattern in TIMES:
        if match := pattern.search(words):
            clock = _clock(match)
            if clock is None:
                return None, NO_SUCH_TIME, match.end()
            zone = ZONE.match(words, match.end())
            named = (match.groupdict().get("named") or "").casefold()
            if said.casefold() == "last night" and clock < time(12):
                day += timedelta(days=1)
            at, problem = _moment(day, clock, zone)
            end = zone.end() if zone else match.end()
            return at, problem or (MIDNIGHT if named == "midnight" else ""), end
    return None, "", 0


def _clock(match: re.Match[str]) -> time | None:
    said = match.groupdict()
    if named := said.get("named"):
        return time(0) if named.casefold() == "midnight" else time(12)
    hour, minute, half = int(said["h"]), int(said.get("min") or 0), (said.get("half") or "").casefold()
    if half and not 1 <= hour <= (12 if half == "a" else 23):
        return None
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _moment(day: date, clock: time, zone: re.Match[str] | None) -> tuple[datetime, str]:
    if zone:
        return datetime.combine(day, clock, _offset(zone)).astimezone(UTC), ""
    first, second = datetime.combine(day, clock, HERE), datetime.combine(day, clock.replace(fold=1), HERE)
    before, after = first.utcoffset() or timedelta(), second.utcoffset() or timedelta()
    return first.astimezone(UTC), TWICE if before > after else NEVER if before < after else ""


def _offset(zone: re.Match[str]) -> timezone:
    if zone["name"]:
        return timezone(timedelta(hours=zone["name"] == "BST"))
    hours = min(timedelta(hours=int(zone["h"]), minutes=int(zone["min"])), timedelta(hours=23))
    return timezone(-hours if zone["sign"] == "-" else hours)
