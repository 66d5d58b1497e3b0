"""Lists of codes and the clocks of critical moments, as codes.yaml and clocks.yaml have them. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from kith.foundations.clocks import HERE, ClockRule, due, read_rules, rules_for
from kith.moments.rules.rota import is_day

STEPS: dict[str, str] = {
    "told": "Told",
    "matched": "Found on record",
    "unmatched": "No longer tied to this record",
    "paged": "Paged",
    "asked": "Works with the child, and was asked to answer",
    "taken": "Taken",
    "called": "Rung back",
    "offered": "Offered",
    "closed": "Closed",
    "aside": "Set aside",
    "reopened": "Opened again",
}


@dataclass(frozen=True)
class Coded:
    """One code of a list, in force from a day on."""

    key: str
    title: str
    since: date
    until: date | None = None


@dataclass(frozen=True)
class Escalation:
    """After how long without an answer the next is paged, where it comes from, and whether it was verified."""

    after: timedelta
    since: date
    source: str
    checked: bool


def listed(name: str, on: date | None = None) -> tuple[Coded, ...]:
    """One list: `kinds`, `services`, `answers`, `aside`, `champions`; as it was in force on a day, if one is given."""
    rows = (Coded(key, row["title"], row["since"], row.get("until")) for key, row in codes()[name].items())
    return tuple(row for row in rows if on is None or (row.since <= on and (row.until is None or on <= row.until)))


def choices(name: str) -> list[tuple[str, str]]:
    """A list as a form offers it."""
    return [(one.key, one.title) for one in listed(name)]


def title(name: str, key: str) -> str:
    """The words of one code; the code itself where the list no longer has it."""
    return next((one.title for one in listed(name) if one.key == key), key)


def within(name: str, key: str) -> str:
    """The words of one code as they stand inside a sentence."""
    words = title(name, key)
    return words[:1].lower() + words[1:]


def where_from() -> str:
    """The source of the lists, with a word where they are not verified."""
    found = codes()
    return f"{found['source']}{'' if found['checked'] else ' (not yet verified for this area)'}."


def call_back_rule(told_at: datetime) -> ClockRule:
    """The rule in force: by day and evening, or out of hours."""
    key = "call-back-day" if is_day(told_at) else "call-back-night"
    return rules_for(clock_rules(), key, told_at)[0]


def call_back_by(told_at: datetime) -> datetime:
    """By when whoever told of it must be rung back."""
    return due(told_at, call_back_rule(told_at).allowed)


def escalation(at: datetime) -> Escalation:
    """The rule in force then."""
    on = at.astimezone(HERE).date()
    rows = [row for row in codes()["escalate"] if row["since"] <= on]
    row = max(rows or codes()["escalate"], key=lambda one: one["since"])
    return Escalation(timedelta(minutes=row["minutes"]), row["since"], row["source"], bool(row["checked"]))


@cache
def clock_rules() -> tuple[ClockRule, ...]:
    return read_rules(yaml.safe_load(_text("clocks.yaml")))


@cache
def codes() -> Mapping[str, Any]:
    """Everything in codes.yaml."""
    loaded: dict[str, Any] = yaml.safe_load(_text("codes.yaml"))
    return loaded


def _text(name: str) -> str:
    return (files("kith.moments") / name).read_text(encoding="utf-8")
