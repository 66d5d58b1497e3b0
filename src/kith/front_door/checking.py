"""Bands, clocks, links and lists of checks between agencies. Plain data from codes/checks.yaml; time is passed in."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from importlib.resources import files
from statistics import median
from typing import Any

import yaml

from kith.foundations.clocks import ClockRule, due, read_rules, rules_for
from kith.front_door.rules import Code, CodeList

LINK_LASTS_AFTER_DUE = timedelta(days=7)
CODE_LASTS = timedelta(minutes=15)
CONFIRMED_FOR = timedelta(hours=2)
TRIES_A_CODE, CODES_AN_HOUR, OPENINGS_AN_HOUR = 5, 5, 120
REMIND_AT = 0.75  # of the time allowed has gone
LONGEST = "check-longest"
SENT_WITH = {"born": ("date_of_birth", "born", "age"), "address": ("address", "postcode"), "school": ("school",)}


@cache
def lists() -> Mapping[str, CodeList]:
    """Every list of checks.yaml by its name."""
    return {name: _list(given) for name, given in _read().items() if name != "clocks"}


@cache
def check_clocks() -> tuple[ClockRule, ...]:
    """The bands' clocks and the area's longest."""
    return read_rules(_read()["clocks"])


@dataclass(frozen=True)
class Band:
    """A band as it stands on a day: how long, by when, and whether that is longer than the area allows."""

    key: str
    title: str
    rule: ClockRule
    due_at: datetime
    too_long: bool


def band(key: str, asked_at: datetime) -> Band:
    """Raises KeyError for no band, LookupError where no clock of it was in force when the agency was asked."""
    code = lists()["bands"].get(key)
    rules = rules_for(check_clocks(), f"check-{key}", asked_at)
    if not rules:
        raise LookupError(f"No clock says by when a check in {code.title} is answered; see codes/checks.yaml.")
    by = due(asked_at, rules[0].allowed)
    longest = rules_for(check_clocks(), LONGEST, asked_at)
    too_long = any(by > due(asked_at, rule.allowed) for rule in longest)
    return Band(code.key, code.title, rules[0], by, too_long)


def as_much_as_needed(details: Mapping[str, Any], wanted: Iterable[str]) -> dict[str, str]:
    """Of what was typed about somebody, only what the agency needs to find them."""
    names = [name for key in wanted for name in SENT_WITH.get(key, ())]
    return {name: str(details[name]) for name in names if details.get(name)}


def remind_from(asked_at: datetime, due_at: datetime) -> datetime:
    """From when an unanswered check is worth a reminder: before its clock has run out."""
    return asked_at + (due_at - asked_at) * REMIND_AT


def new_token() -> str:
    """What a link carries: 256 bits that nobody guesses."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """All that is kept of a link."""
    return sha256(token.encode()).hexdigest()


def new_code() -> str:
    """Six figures."""
    return f"{secrets.randbelow(1_000_000):06d}"


def code_hash(code: str, link: int, key: str) -> str:
    """All that is kept of a code, of no use for another link."""
    return hmac.new(key.encode(), f"check:{link}:{code}".encode(), sha256).hexdigest()


def hours_between(asked_at: datetime, answered_at: datetime) -> float:
    return (answered_at - asked_at).total_seconds() / 3600


def median_hours(spans: Iterable[float]) -> float | None:
    """The middle one, to a tenth; None where nothing was answered."""
    known = sorted(spans)
    return round(median(known), 1) if known else None


def _read() -> dict[str, Any]:
    text = (files("kith.front_door.codes") / "checks.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read


def _list(given: Any) -> CodeList:
    about = given if isinstance(given, dict) else {"list": given}
    codes = tuple(Code(str(row["key"]), str(row["title"]), str(row.get("hint", ""))) for row in about["list"])
    return CodeList(codes, str(about.get("source", "")), bool(about.get("checked", True)))
