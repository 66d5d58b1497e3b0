"""Which children may be linked, from what is on record of both: proposals for a person to accept or decline.

A rule only points out; nothing is a link until somebody says so, with their name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

SAME_EVENT = "same-event"
SAME_PLACE = "same-place"
MISSING_TOGETHER = "missing-together"
RULES = {
    SAME_EVENT: "One event is on the records of both.",
    SAME_PLACE: "Both were at the same place on the same day, in two events. Schools, homes and health are left out.",
    MISSING_TOGETHER: "Both were away at once, and something else says that they were together.",
}
TOO_MANY = 12  # on one event or at one place on one day: an assembly says nothing of two of them
EVERYDAY = frozenset({"school", "home", "childrens-home", "health"})  # places where being there together says nothing


@dataclass(frozen=True)
class Told:
    """An event on somebody's record: which, when, in a few words, and where (a public place's number), if anywhere."""

    person: int
    event: int
    on: date
    what: str
    place: int | None = None


@dataclass(frozen=True)
class Reason:
    """One thing that points to a link: by which rule, on which day, in a sentence."""

    rule: str
    on: date
    says: str


@dataclass(frozen=True)
class Proposal:
    """Two people who may be linked, the lower number first, and why."""

    first: int
    second: int
    reasons: tuple[Reason, ...]

    @property
    def latest(self) -> date:
        return max(reason.on for reason in self.reasons)


def propose(
    told: Iterable[Told],
    places: Mapping[int, str],
    away: Iterable[tuple[int, int, Reason]],
    settled: frozenset[tuple[int, int]],
) -> list[Proposal]:
    """Every pair that something points to, the latest first. `places`: names by number; `settled`: not again."""
    found: dict[tuple[int, int], list[Reason]] = {}
    for pair, reason in [*_same_event(told := list(told)), *_same_place(told, places)]:
        found.setdefault(pair, []).append(reason)
    for one, other, reason in away:
        found.setdefault((min(one, other), max(one, other)), []).append(reason)
    proposals = [
        Proposal(*pair, tuple(sorted(set(reasons), key=lambda reason: (reason.on, reason.says), reverse=True)))
        for pair, reasons in found.items()
        if pair not in settled
    ]
    return sorted(proposals, key=lambda one: (-one.latest.toordinal(), one.first, one.second))


def _same_event(told: Iterable[Told]) -> Iterable[tuple[tuple[int, int], Reason]]:
    by_event: dict[int, dict[int, Told]] = {}
    for one in told:
        by_event.setdefault(one.event, {})[one.person] = one
    for people in by_event.values():
        if len(people) <= TOO_MANY:
            for pair in combinations(sorted(people), 2):
                one = people[pair[0]]
                yield pair, Reason(SAME_EVENT, one.on, f"On both records: {one.what}")


def _same_place(told: Iterable[Told], places: Mapping[int, str]) -> Iterable[tuple[tuple[int, int], Reason]]:
    by_place: dict[tuple[int, date], dict[int, Told]] = {}
    for one in told:
        if one.place is not None:
            by_place.setdefault((one.place, one.on), {})[one.person] = one
    for (place, on), people in by_place.items():
        if len(people) <= TOO_MANY:
            for pair in combinations(sorted(people), 2):
                if people[pair[0]].event != people[pair[1]].event:
                    yield pair, Reason(SAME_PLACE, on, f"Both at {places[place]} on that day, in two events")
