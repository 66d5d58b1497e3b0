"""Who is looked at again because they miss school and are harmed or missing: the published rule. Plain Python.

It puts children on a list for those to whom their records are open, in the order of names. It ranks nobody, and nothing
follows by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

YEAR = timedelta(days=365)
SUSPENDED_DAYS = 10.0  # in all, in a year
HALF = 0.5  # of the sessions of a term
RULE = (
    "A child is on this list who misses school and is harmed or missing, by what stands on their record. Misses "
    "school: is without a school now; was permanently excluded in the last year; was suspended for ten days or more "
    "in the last year; or was there for fewer than half of the sessions of a term told in the last year. Harmed or "
    "missing: was reported missing in the last year, or exploitation was recorded in the last year: a police flag, a "
    "referral to the national mechanism, specialist support, or a contact about exploitation. Each line says which of "
    "these it was. Nobody is ranked, and nothing follows by itself."
)
SOURCE = "The area’s own, after the Education Act 1996 section 436A and Keeping Children Safe in Education"
SCHOOL = ("missing-education", "exclusion", "suspension", "low-attendance")
HARM = ("exploitation-flag", "nrm-referral", "specialist-support", "outside-home-contact")
EXPLOITED = ("sexual exploitation", "criminal exploitation", "county lines")
HARM_WORDS = {
    "exploitation-flag": "police flag for exploitation",
    "nrm-referral": "referral to the national mechanism",
    "specialist-support": "specialist support asked for",
    "outside-home-contact": "contact about exploitation",
}


@dataclass(frozen=True)
class Told:
    """One entry of a child's record. `until`: the day on which it ended, where that is told."""

    kind: str
    on: date
    until: date | None
    details: dict[str, object]


def school_reasons(told: Sequence[Told], today: date) -> list[str]:
    """Why a child is taken to miss school; nothing where they are not."""
    lately = [one for one in told if one.on > today - YEAR]
    said = [_without(one) for one in told if one.kind == "missing-education" and _open(one, today)]
    said += [f"Permanently excluded on {_day(one.on)}" for one in lately if one.kind == "exclusion"]
    days = sum(_number(one.details.get("days")) for one in lately if one.kind == "suspension")
    if days >= SUSPENDED_DAYS:
        said.append(f"Suspended for {days:g} days in the last year")
    least = [one for one in lately if one.kind == "low-attendance" and _share(one) < HALF]
    return said + [f"At {_share(one):.0%} of sessions in the term from {_day(one.on)}" for one in least[-1:]]


def harm_reasons(told: Sequence[Told], missing: Sequence[date], today: date) -> list[str]:
    """Why a child is taken to be harmed or missing; nothing where they are not. `missing`: the days they went."""
    gone = [day for day in missing if today - YEAR < day <= today]
    said = [f"Missing {_times(len(gone))} in the last year, last on {_day(max(gone))}"] if gone else []
    named = sorted((one for one in told if one.on > today - YEAR and _is_exploitation(one)), key=lambda one: one.kind)
    for kind, ones in groupby(named, key=lambda one: one.kind):
        words = HARM_WORDS[kind]
        said.append(f"{words[0].upper()}{words[1:]}, {_day(max(one.on for one in ones))}")
    return said


def _is_exploitation(one: Told) -> bool:
    if one.kind == "outside-home-contact":
        return any(word in str(one.details.get("harm") or "").casefold() for word in EXPLOITED)
    return one.kind in HARM_WORDS


def _without(one: Told) -> str:
    why = str(one.details.get("why") or "")
    return f"Without a school since {_day(one.on)}" + (f": {why[:1].lower()}{why[1:]}" if why else "")


def _open(one: Told, today: date) -> bool:
    return one.on <= today and (one.until is None or one.until >= today)


def _share(one: Told) -> float:
    """Of the sessions of a term, the part at which they were there; all of them where that is not told."""
    possible = _number(one.details.get("sessions_possible"))
    return _number(one.details.get("sessions_present")) / possible if possible else 1.0


def _number(said: object) -> float:
    try:
        return float(str(said))
    except ValueError:
        return 0.0


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
