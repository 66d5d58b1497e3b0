"""What a journey took, what it may take, and whether it kept to that. Plain figures; nothing is measured here.

How long a practised person needs is estimated by a keystroke-level model (Card, Moran and Newell, "The keystroke-level
model for user performance time with interactive systems", 1980): so long to read a page, to press, to type, to decide.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

PAGE_READ = 4.0  # seconds
CLICK = 1.1
KEY = 0.28
KEY_ON_A_PHONE = 0.5
DECISION = 1.35
PHONE_AT_MOST = 480  # pixels wide
FREE_TEXT_ABOVE = 40  # characters in one answer; below it, typing is part of filling in a form


@dataclass(frozen=True)
class Measured:
    """One walk through a journey in a browser. Bytes are as they came over the wire, nothing from a cache."""

    journey: str
    test: str
    phone: bool
    script: bool
    pages: int
    required_fields: int
    clicks: int
    keystrokes: int
    free_text_keystrokes: int
    decisions: int
    largest_page: int
    bytes: int
    server_ms: int
    facts: Mapping[str, int] = field(default_factory=dict)

    @property
    def seconds(self) -> int:
        """Everything, typing too."""
        return self._seconds(self.keystrokes)

    @property
    def seconds_beyond_typing(self) -> int:
        """Without the free text, which takes as long as somebody has something to say."""
        return self._seconds(self.keystrokes - self.free_text_keystrokes)

    @property
    def largest_page_kb(self) -> int:
        return math.ceil(self.largest_page / 1000)

    def _seconds(self, keys: int) -> int:
        key = KEY_ON_A_PHONE if self.phone else KEY
        return math.ceil(self.pages * PAGE_READ + self.clicks * CLICK + keys * key + self.decisions * DECISION)


@dataclass(frozen=True)
class Budget:
    """What a journey may take; None where nothing is said. `built`: it must have been measured."""

    journey: str
    who: str
    does: str
    built: bool
    seconds: int | None = None
    beyond_typing: bool = False
    pages: int | None = None
    required_fields: int | None = None
    page_kb: int | None = None
    at_most: Mapping[str, int] = field(default_factory=dict)
    at_least: Mapping[str, int] = field(default_factory=dict)

    def seconds_of(self, measured: Measured) -> int:
        return measured.seconds_beyond_typing if self.beyond_typing else measured.seconds

    def exceeded_by(self, measured: Measured) -> list[str]:
        """Each figure that is over its budget, in words."""
        limits = [
            ("seconds", self.seconds_of(measured), self.seconds),
            ("pages", measured.pages, self.pages),
            ("required fields", measured.required_fields, self.required_fields),
            ("kB on a page", measured.largest_page_kb, self.page_kb),
        ]
        over = [f"{is_now} {what} of {limit}" for what, is_now, limit in limits if limit is not None and is_now > limit]
        return over + self._told_wrong(measured.facts)

    def _told_wrong(self, facts: Mapping[str, int]) -> list[str]:
        """What the test itself tells (records written to, say). What is not told is not kept to."""
        found = [f"{name} not told" for name in (*self.at_most, *self.at_least) if name not in facts]
        found += [f"{facts[name]} {name} of {most}" for name, most in self.at_most.items() if facts.get(name, 0) > most]
        found += [
            f"{facts[name]} {name}, at least {least} wanted"
            for name, least in self.at_least.items()
            if name in facts and facts[name] < least
        ]
        return found

    def in_words(self) -> str:
        typing = " beyond typing" if self.beyond_typing else ""
        words = [f"{self.seconds} s{typing}"] if self.seconds else []
        words += [f"{self.pages} pages"] if self.pages else []
        words += [f"{self.required_fields} required"] if self.required_fields is not None else []
        words += [f"{self.page_kb} kB a page"] if self.page_kb else []
        words += [f"{name} ≤ {most}" for name, most in self.at_most.items()]
        words += [f"{name} ≥ {least}" for name, least in self.at_least.items()]
        return ", ".join(words)


@dataclass(frozen=True)
class Budgets:
    """Every budget, as they stood on a day, and where they come from."""

    as_at: date
    source: str
    journeys: Mapping[str, Budget]


class BudgetError(ValueError):
    """The budgets, or a measurement, cannot be read; the message says which and why."""


def read_budgets(path: Path) -> Budgets:
    """Raises BudgetError."""
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
        budgets = {name: Budget(journey=name, **about) for name, about in given["journeys"].items()}
        return Budgets(as_at=given["as_at"], source=given["source"].strip(), journeys=budgets)
    except (OSError, KeyError, TypeError, AttributeError, yaml.YAMLError) as wrong:
        raise BudgetError(f"{path} cannot be read: {wrong}") from wrong


def read_measured(folder: Path) -> list[Measured]:
    """Everything measured, in the order of the journeys' numbers. Raises BudgetError."""
    found: list[Measured] = []
    for path in folder.glob("*.json"):
        try:
            found += [Measured(**one) for one in json.loads(path.read_text(encoding="utf-8"))]
        except (ValueError, TypeError) as wrong:
            raise BudgetError(f"{path} cannot be read: {wrong}") from wrong
    return sorted(found, key=lambda one: (number_of(one.journey), one.test))


def keep_measured(measured: Measured, folder: Path) -> Path:
    """Put it in the journey's file, in place of what the same test measured before."""
    path = folder / f"{measured.journey}.json"
    before: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    others = [one for one in before if one["test"] != measured.test]
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([*others, asdict(measured)], indent=2) + "\n", encoding="utf-8")
    return path


def number_of(journey: str) -> int:
    digits = journey.lstrip("J")
    return int(digits) if digits.isdigit() else 0


def problems(budgets: Budgets, measured: list[Measured]) -> list[str]:
    """What `kith journeys --check` fails for, in words."""
    walked = {one.journey for one in measured}
    found = [f"{one}: measured, with no budget" for one in sorted(walked - set(budgets.journeys), key=number_of)]
    missing = [name for name, budget in budgets.journeys.items() if budget.built and name not in walked]
    found += [f"{name}: said to be built, and not measured by any test" for name in missing]
    for one in measured:
        budget = budgets.journeys.get(one.journey)
        found += [f"{one.journey}: {over} ({one.test})" for over in (budget.exceeded_by(one) if budget else [])]
    return found
