"""The lists of codes, as codes.yaml has them, and the time allowed for grading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from kith.foundations.clocks import ClockRule, due, read_rules, rules_for


class Kind(StrEnum):
    """What a report may name."""

    PERSON = "person"
    PLACE = "place"
    VEHICLE = "vehicle"
    PHONE = "phone"
    HANDLE = "handle"
    GROUP = "group"


class News(StrEnum):
    """What a giver is told of their report, in order."""

    RECEIVED = "received"
    GRADED = "graded"
    JOINED = "joined"
    PASSED_ON = "passed-on"
    USED = "used"
    NOT_USED = "not-used"


@dataclass(frozen=True)
class Coded:
    """One code: its words, and what it means where the words are not enough."""

    key: str
    title: str
    hint: str = ""


@dataclass(frozen=True)
class Grading:
    """A grading system in force from a day on."""

    name: str
    source: str
    checked: bool
    since: date
    source_codes: Mapping[str, str]
    information_codes: Mapping[str, str]
    handling_codes: Mapping[str, str]


@cache
def grading_on(on: date) -> Grading:
    """The system in force on a day, or the earliest there is."""
    known = sorted((_grading(row) for row in _codes()["grading"]), key=lambda one: one.since)
    return next((one for one in reversed(known) if one.since <= on), known[0])


def listed(name: str) -> tuple[Coded, ...]:
    """One list of codes.yaml: `harms`, `how_known`, `named`, `priorities`, `bases`, `purposes`."""
    return tuple(
        Coded(key, words, "") if isinstance(words, str) else Coded(key, words["title"], words["hint"])
        for key, words in _codes()[name].items()
    )


def choices(name: str) -> list[tuple[str, str]]:
    """A list as a form offers it."""
    return [(one.key, one.title) for one in listed(name)]


def title(name: str, key: str) -> str:
    """The words of one code; the code itself where the list no longer has it."""
    return next((one.title for one in listed(name) if one.key == key), key)


@cache
def clock_rules() -> tuple[ClockRule, ...]:
    """How soon a report must be graded, by priority: `grade-high`, `grade-medium`, `grade-low`."""
    return read_rules(yaml.safe_load(_text("clocks.yaml")))


def grade_by(priority: str, given_at: datetime) -> datetime:
    """By when a report of this priority must be graded."""
    rules = rules_for(clock_rules(), f"grade-{priority}", given_at) or rules_for(clock_rules(), "grade-low", given_at)
    return due(given_at, rules[0].allowed)


def _grading(row: dict[str, Any]) -> Grading:
    lists = {name: dict(row[name]) for name in ("source_codes", "information_codes", "handling_codes")}
    return Grading(row["name"], row["source"], row["checked"], row["since"], **lists)


@cache
def _codes() -> Any:
    return yaml.safe_load(_text("codes.yaml"))


def _text(name: str) -> str:
    return (files("kith.intelligence") / name).read_text(encoding="utf-8")
