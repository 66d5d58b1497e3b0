"""Colours: how a number stands against what is aimed at, or, where nothing is, how it moved. Never without its words.

A colour is a prompt to talk, not a finding: nothing follows from it by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files

import yaml

from kith.insight.rules.change import Caution, Change, Polarity, Verdict

RED_FROM, AMBER_FROM = (
    Decimal(10),
    Decimal(5),
)  # a change for the worse, in per cent: the default where nothing is aimed at


class Colour(StrEnum):
    """Red, amber, green; none where a colour would say more than is known."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    NONE = "none"


class Better(StrEnum):
    """Whether more or less is aimed at."""

    MORE = "more"
    LESS = "less"


@dataclass(frozen=True)
class Target:
    """What is aimed at for a measure from a day on, who says so, and whether anybody confirmed it."""

    measure: str
    since: date
    better: Better
    green: Decimal
    amber: Decimal
    says: str
    source: str
    checked: bool

    @property
    def words(self) -> str:
        sign = "at least" if self.better is Better.MORE else "at most"
        doubt = "" if self.checked else " (not yet verified)"
        return f"{self.says}: green {sign} {self.green}%, amber {sign} {self.amber}%{doubt}"

    def colour(self, value: Decimal | None) -> Colour:
        """The colour of a percentage; none where it may not be shown."""
        if value is None:
            return Colour.NONE
        if self._reaches(value, self.green):
            return Colour.GREEN
        return Colour.AMBER if self._reaches(value, self.amber) else Colour.RED

    def _reaches(self, value: Decimal, mark: Decimal) -> bool:
        return value >= mark if self.better is Better.MORE else value <= mark


def colour_of_change(change: Change, polarity: Polarity) -> Colour:
    """Worse by 10 % or more is red, by 5 % or more amber, else green; of the percentage as it is shown.

    None where the measure hopes for neither direction, where a number is not shown, where there was none before, or
    where the numbers are so small that a percentage says little.
    """
    verdict = change.verdict(polarity)
    if verdict in {Verdict.NOT_KNOWN, Verdict.NEITHER} or polarity is Polarity.NEITHER:
        return Colour.NONE
    if change.percentage is None or change.caution is Caution.TOO_FEW:
        return Colour.NONE
    worse = abs(change.percentage) if verdict is Verdict.WORSE else Decimal(0)
    return Colour.RED if worse >= RED_FROM else Colour.AMBER if worse >= AMBER_FROM else Colour.GREEN


@cache
def targets() -> tuple[Target, ...]:
    """Every target there has been, as targets.yaml has them."""
    return read(files(__package__).joinpath("targets.yaml").read_text(encoding="utf-8"))


def target_for(measure: str, on: date, among: Iterable[Target] | None = None) -> Target | None:
    """What was aimed at on a day; None where nothing was."""
    found = [one for one in (targets() if among is None else among) if one.measure == measure and one.since <= on]
    return max(found, key=lambda one: one.since, default=None)


def read(text: str) -> tuple[Target, ...]:
    """Targets from YAML. Raises KeyError or ValueError where one is not complete or amber lies beyond green."""
    return tuple(_target(one) for one in yaml.safe_load(text) or ())


def _target(one: dict[str, object]) -> Target:
    since = one["from"]
    if not isinstance(since, date):
        raise ValueError(f"{one['measure']}: `from` is no day")
    target = Target(
        measure=str(one["measure"]),
        since=since,
        better=Better(str(one["better"])),
        green=Decimal(str(one["green"])),
        amber=Decimal(str(one["amber"])),
        says=str(one["says"]),
        source=str(one["source"]),
        checked=bool(one["checked"]),
    )
    if target.colour(target.amber) is Colour.GREEN:
        raise ValueError(f"{target.measure}: amber lies beyond green")
    return target
