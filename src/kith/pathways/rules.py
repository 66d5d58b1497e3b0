"""The pathways: which states a piece of work may take, what may follow, who owns each and which clock runs in it.

Plain data from pathways.yaml and clocks.yaml beside this file; no database and no clock call.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from kith.foundations.clocks import ClockRule, due, read_rules, rules_for


@dataclass(frozen=True)
class State:
    """One state: its title, who owns it, the clock that runs in it and what may follow."""

    key: str
    title: str
    owner: str
    clock: str = ""
    from_opening: bool = False  # its clock runs from the opening of the work, not from when this state began
    until_allocated: bool = False  # its clock stops when somebody leads the work
    then: tuple[str, ...] = ()
    ends: bool = False


@dataclass(frozen=True)
class Pathway:
    """The states of one kind of work, in order; the first is where it opens."""

    key: str
    title: str
    team: str  # the work of the team it goes to unless another is chosen, a TeamWork
    about: tuple[str, ...]  # kinds of subject
    what: str
    owner: str
    level: str
    states: tuple[State, ...]

    @property
    def opens_in(self) -> State:
        return self.states[0]

    def state(self, key: str) -> State:
        """Raises KeyError for a state this pathway does not have."""
        found = next((state for state in self.states if state.key == key), None)
        if found is None:
            raise KeyError(f"{self.title} has no state {key}.")
        return found

    def may_follow(self, key: str) -> tuple[State, ...]:
        return tuple(self.state(one) for one in self.state(key).then)


@dataclass(frozen=True)
class Duty:
    """What is due in a state: by which rule, since when, by when."""

    rule: ClockRule
    started: datetime
    due_at: datetime


@cache
def pathways() -> Mapping[str, Pathway]:
    """Every pathway by its key. Raises ValueError when a definition names what does not exist."""
    found = {row["key"]: _pathway(row) for row in _read("pathways.yaml")}
    for pathway in found.values():
        _check(pathway)
    return found


@cache
def clock_rules() -> tuple[ClockRule, ...]:
    """Every clock of these pathways, past ones too."""
    return read_rules(_read("clocks.yaml"))


def pathways_for(subject_kind: str) -> tuple[Pathway, ...]:
    """Those that somebody or somewhere of this kind may take."""
    return tuple(pathway for pathway in pathways().values() if subject_kind in pathway.about)


def duties(
    pathway: str, state: str, opened_at: datetime, state_since: datetime, *, allocated: bool = False
) -> tuple[Duty, ...]:
    """What is due now, the law's first; nothing where the clock has stopped, and in a state that ends the work."""
    now_in = pathways()[pathway].state(state)
    if allocated and now_in.until_allocated:
        return ()
    start = opened_at if now_in.from_opening else state_since
    rules = rules_for(clock_rules(), now_in.clock, start) if now_in.clock else ()
    return tuple(Duty(rule, start, due(start, rule.allowed)) for rule in rules)


def _read(name: str) -> list[dict[str, Any]]:
    text = (files("kith.pathways") / name).read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = yaml.safe_load(text)
    return rows


def _pathway(row: Mapping[str, Any]) -> Pathway:
    words = {name: str(row[name]) for name in ("key", "title", "team", "what", "owner", "level")}
    return Pathway(**words, about=tuple(row["about"]), states=tuple(_state(one) for one in row["states"]))


def _state(row: Mapping[str, Any]) -> State:
    return State(
        key=row["key"],
        title=row["title"],
        owner=row["owner"],
        clock=row.get("clock", ""),
        from_opening=row.get("from") == "opened",
        until_allocated=row.get("until") == "allocated",
        then=tuple(row.get("then", ())),
        ends=bool(row.get("ends", False)),
    )


def _check(pathway: Pathway) -> None:
    known = {state.key for state in pathway.states}
    clocks = {rule.key for rule in clock_rules()}
    for state in pathway.states:
        if unknown := {*state.then} - known:
            raise ValueError(
                f"{pathway.title}: {state.title} leads to {', '.join(sorted(unknown))}, which is no state."
            )
        if state.clock and state.clock not in clocks:
            raise ValueError(f"{pathway.title}: {state.title} has the clock {state.clock}, which clocks.yaml lacks.")
        if state.ends == bool(state.then):
            raise ValueError(f"{pathway.title}: {state.title} must either end the work or lead somewhere.")
