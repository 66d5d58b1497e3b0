"""The front door's lists, clocks and numbers: what can be said, by when it must be decided, what counts again."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from kith.foundations.clocks import ClockRule, due, first_due, read_rules, rules_for

UNDO_WITHIN = timedelta(minutes=10)
LONGEST_WORDS = 20_000  # letters of what is told: about seven pages
READABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no letter or number that is read for another
MAY_SAY = ("hint", "pathway", "referral", "cin_factor")  # of a code, beside its key and title
DECISION, IN_DANGER, REPLY = "decision", "decision-in-danger", "reply"


@dataclass(frozen=True)
class Code:
    """One entry of a list: what is stored, what people read, and what else the list says of it."""

    key: str
    title: str
    hint: str = ""
    pathway: str = ""
    referral: bool = False
    cin_factor: str = ""


@dataclass(frozen=True)
class CodeList:
    """A list and where it comes from. `checked` False is shown to people as not verified."""

    codes: tuple[Code, ...]
    source: str = ""
    checked: bool = True

    def title(self, key: str) -> str:
        """The words of a key; the key itself where a list no longer has it."""
        return next((code.title for code in self.codes if code.key == key), key)

    def get(self, key: str) -> Code:
        """Raises KeyError where the list has no such key."""
        found = next((code for code in self.codes if code.key == key), None)
        if found is None:
            raise KeyError(key)
        return found

    def choices(self) -> list[tuple[str, str]]:
        return [(code.key, code.title) for code in self.codes]


@cache
def codes() -> Mapping[str, CodeList]:
    """Every list by its name."""
    return {name: _list(given) for name, given in _read("contacts.yaml").items()}


@cache
def reply_templates() -> Mapping[str, str]:
    """What a giver may be told, by verdict."""
    return {verdict: text.strip() for verdict, text in _read("replies.yaml").items()}


@cache
def clock_rules() -> tuple[ClockRule, ...]:
    return read_rules(_read("clocks.yaml"))


@dataclass(frozen=True)
class ContactClock:
    """One clock of a contact: by which rule, and when it falls due."""

    rule: ClockRule
    due_at: datetime


def contact_clocks(received_at: datetime, in_danger: bool) -> tuple[ContactClock, ...]:
    """What must be decided by when, the soonest first."""
    keys = (IN_DANGER, DECISION) if in_danger else (DECISION,)
    found = [rule for key in keys for rule in rules_for(clock_rules(), key, received_at)]
    return tuple(sorted((ContactClock(rule, due(received_at, rule.allowed)) for rule in found), key=lambda c: c.due_at))


def act_by(received_at: datetime, in_danger: bool) -> datetime:
    """The first of its clocks."""
    return contact_clocks(received_at, in_danger)[0].due_at


def reply_by(received_at: datetime) -> datetime:
    """When the giver is promised to have heard."""
    promised = first_due(clock_rules(), REPLY, received_at)
    if promised is None:
        raise LookupError("No clock says when the giver hears; see codes/clocks.yaml.")
    return promised


def new_reference() -> str:
    """Such as K7M-4PQ-2XD: nine letters and figures that can be read aloud, about 10^13 of them."""
    letters = [secrets.choice(READABLE) for _ in range(9)]
    return "-".join("".join(letters[at : at + 3]) for at in (0, 3, 6))


def as_reference(typed: str) -> str:
    """What somebody typed, as a reference is written; nothing where it cannot be one."""
    letters = [letter for letter in typed.upper() if letter.isalnum()]
    if len(letters) != 9 or set(letters) - set(READABLE):
        return ""
    return "-".join("".join(letters[at : at + 3]) for at in (0, 3, 6))


def is_re_referral(referred_on: date, before: date | None) -> bool:
    """A new referral that started within 12 months of a previous referral starting (seed 001)."""
    return before is not None and before <= referred_on and referred_on < _a_year_after(before)


def can_undo(decided_at: datetime, now: datetime) -> bool:
    return now - decided_at <= UNDO_WITHIN


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return date(day.year + 1, 3, 1)


def _read(name: str) -> Any:
    return yaml.safe_load((files("kith.front_door.codes") / name).read_text(encoding="utf-8"))


def _list(given: Any) -> CodeList:
    if isinstance(given, list):
        return CodeList(tuple(_code(row) for row in given))
    return CodeList(
        tuple(_code(row) for row in given["list"]), str(given.get("source", "")), bool(given.get("checked", True))
    )


def _code(row: Mapping[str, Any]) -> Code:
    """Raises ValueError for what no code has: a title with a comma and without quotes would lose its end unseen."""
    known = {name: row[name] for name in MAY_SAY if name in row}
    if strange := set(row) - {"key", "title", "since", *MAY_SAY}:
        raise ValueError(f"The code {row.get('key')} says what no code does: {', '.join(map(str, strange))}.")
    return Code(str(row["key"]), str(row["title"]), **known)
