"""Patterns in absences, by published rules. Each points something out to people; none gives a child a score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from statistics import median
from typing import Any

import yaml

from kith.foundations.clocks import is_working_day
from kith.intelligence.rules.holidays import in_holiday, known_from, known_until

REPEAT, NORMALISING = "repeat", "normalising"
GRADES = ("very-low", "low", "medium", "high")
IN_CARE = frozenset({"foster-home", "childrens-home", "supported"})


@dataclass(frozen=True)
class Rule:
    """A rule as it is published: its words, where it comes from, whether that was verified."""

    key: str
    title: str
    says: str
    source: str
    checked: bool
    numbers: Mapping[str, Any]


@dataclass(frozen=True)
class Absence:
    """One absence as the rules read it. `told`: when somebody here was told, where that is known; `grade`: a code."""

    number: int
    subject: int
    reference: str
    gone: datetime
    back: datetime | None
    told: datetime | None
    gone_is_day: bool = False
    back_is_day: bool = False
    grade: str = ""
    missing_from: str = ""
    found: str = ""  # where, in words
    companions: str = ""
    declined: bool | None = None  # whether the conversation was declined; None: none was offered

    @property
    def until(self) -> datetime:
        """For comparing: while a child is not back, for ever."""
        return self.back or datetime.max.replace(tzinfo=self.gone.tzinfo)


@dataclass(frozen=True)
class Sign:
    """What a rule points out: the rule, the reason in words, and the last absence it rests on."""

    rule: Rule
    reasons: tuple[str, ...]
    upto: datetime


@dataclass(frozen=True)
class Together:
    """Two children away at once, with what else says that they were together. `upto`: the latest absence."""

    first: int
    second: int
    evidence: tuple[str, ...]
    upto: datetime


@cache
def rule(key: str) -> Rule:
    """One published rule. Raises KeyError where there is none."""
    said = dict(_read()[key])
    words = {name: said.pop(name) for name in ("title", "says", "source", "checked")}
    return Rule(key, str(words["title"]), str(words["says"]), str(words["source"]), bool(words["checked"]), said)


def published() -> tuple[Rule, ...]:
    """Every rule, for the page."""
    return tuple(rule(key) for key, said in _read().items() if isinstance(said, dict) and "says" in said)


def signs(absences: Sequence[Absence], now: datetime) -> tuple[Sign, ...]:
    """What the rules point out of one child's absences."""
    ordered = sorted(absences, key=lambda one: one.gone)
    return tuple(one for one in (repeats(ordered, now), normalises(ordered, now)) if one)


def repeats(ordered: Sequence[Absence], now: datetime) -> Sign | None:
    """Enough absences within the last days of the rule. `ordered` by their start."""
    numbers = rule(REPEAT).numbers
    lately = [one for one in ordered if now - timedelta(days=numbers["days"]) <= one.gone <= now]
    if len(lately) < numbers["episodes"]:
        return None
    return Sign(rule(REPEAT), (f"{len(lately)} absences in the last {numbers['days']} days",), lately[-1].gone)


def normalises(ordered: Sequence[Absence], now: datetime) -> Sign | None:
    """Signs that absences have come to be taken as normal, while they go on."""
    numbers = rule(NORMALISING).numbers
    lately = [one for one in ordered if now - timedelta(days=numbers["days"]) <= one.gone <= now]
    if len(lately) < numbers["fewest"]:
        return None
    reasons = tuple(filter(None, [_slower(lately), _graded_lower(lately), _declined(lately)]))
    return Sign(rule(NORMALISING), reasons, lately[-1].gone) if reasons else None


def _slower(lately: Sequence[Absence]) -> str:
    waits = [(one.told - one.gone).total_seconds() / 3600 for one in lately if one.told and not one.gone_is_day]
    if len(waits) < rule(NORMALISING).numbers["fewest"]:
        return ""
    half = len(waits) // 2
    before, after = max(0.0, median(waits[:half])), median(waits[-half:])
    numbers = rule(NORMALISING).numbers
    if after < numbers["slower"] * before or after - before < numbers["slower_by"]:
        return ""
    return f"Reported {after:.0f} hours after last seen, by the middle value; before it was {before:.0f}"


def _graded_lower(lately: Sequence[Absence]) -> str:
    graded = [GRADES.index(one.grade) for one in lately if one.grade in GRADES]
    if len(graded) < 2 or graded[-1] >= max(graded[:-1]):
        return ""
    return f"Graded {_words(graded[-1])} now; it was {_words(max(graded[:-1]))} before"


def _words(grade: int) -> str:
    return GRADES[grade].replace("-", " ")


def _declined(lately: Sequence[Absence]) -> str:
    offered = [one.declined for one in lately if one.declined is not None]
    last = offered[-rule(NORMALISING).numbers["declined"] :]
    enough = len(last) == rule(NORMALISING).numbers["declined"] and all(last)
    return f"The last {len(last)} conversations were declined" if enough else ""


def ranked(codes: Iterable[tuple[str, str]]) -> list[tuple[str, str, int]]:
    """(push or pull, code) → the same with how often, most first."""
    counted = Counter(codes)
    return [(side, code, count) for (side, code), count in sorted(counted.items(), key=lambda one: (-one[1], one[0]))]


def reason_code(words: str) -> tuple[str, str] | None:
    """How an agency's file says the main reason, as our lists have it; None where nothing fits."""
    found = _read()["reasons"].get(words.strip().casefold())
    return (str(found[0]), str(found[1])) if found else None


def in_care(missing_from: str) -> bool | None:
    """Whether a child was missing from care; None where it is not known."""
    return missing_from in IN_CARE if missing_from and missing_from != "not-known" else None


def overlapping(absences: Iterable[Absence]) -> Iterator[tuple[Absence, Absence]]:
    """Every pair of absences of two children that were away at once for as long as the rule says."""
    least = timedelta(hours=rule("together").numbers["hours"])
    going_on: list[Absence] = []
    for one in sorted(absences, key=lambda each: (each.gone, each.number)):
        going_on = [other for other in going_on if other.until - one.gone >= least]
        for other in going_on:
            if other.subject != one.subject and min(one.until, other.until) - one.gone >= least:
                yield other, one
        going_on.append(one)


def together(
    absences: Iterable[Absence], names: Mapping[int, str], said_together: frozenset[frozenset[int]] = frozenset()
) -> list[Together]:
    """Pairs of children with what says that they were together, most evidence first.

    `names`: by child. `said_together`: pairs of whom an agency says so.
    """
    found: dict[tuple[int, int], list[tuple[datetime, list[str]]]] = {}
    for one, other in overlapping(absences):
        says = _says(one, other, names)
        pair = (min(one.subject, other.subject), max(one.subject, other.subject))
        if frozenset(pair) in said_together:
            says.append("An agency says that they were found or seen together")
        if says:
            away = (
                f"{one.reference} and {other.reference}: away at the same time from {_day(max(one.gone, other.gone))}"
            )
            found.setdefault(pair, []).append((max(one.gone, other.gone), [away, *says]))
    pairs = [
        Together(pair[0], pair[1], tuple(dict.fromkeys(s for _, say in told for s in say)), max(at for at, _ in told))
        for pair, told in found.items()
    ]
    return sorted(pairs, key=lambda one: (-len(one.evidence), one.first, one.second))


def _says(one: Absence, other: Absence, names: Mapping[int, str]) -> list[str]:
    says = []
    if one.found and one.found.casefold() == other.found.casefold():
        says.append(f"Both found at {one.found}")
    for here, there in ((one, other), (other, one)):
        name = names.get(there.subject, "")
        if name and name.casefold() in here.companions.casefold():
            says.append(f"{here.reference} names the other as with them")
    return says


def _day(when: datetime) -> str:
    return f"{when:%-d %B %Y}"


def is_school_day(day: date) -> bool | None:
    """A weekday outside school holidays and bank holidays; None where the holidays are not known."""
    if not known_from() <= day <= known_until():
        return None
    return is_working_day(day) and not in_holiday(day)


@dataclass(frozen=True)
class Shares:
    """Two shares beside each other: of absences, and of exploitation records."""

    absences: int
    of_absences: int
    records: int
    of_records: int

    def fewer_than_expected(self) -> bool | None:
        """Whether the first is well below the second; None where too few to say."""
        numbers = rule("boys").numbers
        if min(self.of_absences, self.of_records) < numbers["fewest"] or not self.records:
            return None
        expected = float(numbers["ratio"]) * self.records / self.of_records
        return self.absences / self.of_absences < expected


def contact_kinds() -> tuple[str, ...]:
    """Kinds of entry that tell a day of contact with family."""
    return tuple(_read()["contact_kinds"])


@cache
def _read() -> Any:
    return yaml.safe_load((files("kith.missing") / "patterns.yaml").read_text(encoding="utf-8"))
