"""How fresh what stands on a record can be: a record never implies that nothing happened where nothing has arrived."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kith.foundations.design_system import words

NOT_TO_BE_RELIED_ON = {"failed": "Not read", "silent": "Silent", "late": "Late", "never": "Never arrived"}


class FeedState(Protocol):
    """What is known of a feed's last delivery; `state` is fresh, late, silent, never or failed."""

    @property
    def title(self) -> str: ...
    @property
    def agency(self) -> str: ...
    @property
    def last(self) -> datetime | None: ...
    @property
    def state(self) -> str: ...


@dataclass(frozen=True)
class AgencyShown:
    """What of one agency stands in one state: "Silent", "Severnmouth police", "Custody records", "last 9 days ago"."""

    agency: str
    state: str
    titles: str
    when: str


@dataclass(frozen=True)
class FreshnessShown:
    """What cannot be relied on, then the agencies whose latest delivery came in time."""

    wanting: tuple[AgencyShown, ...]
    fresh: tuple[AgencyShown, ...]


def show_freshness(feeds: Iterable[FeedState], now: datetime) -> FreshnessShown | None:
    """Every feed that is expected, an agency a line; None where none is."""
    by_state: dict[tuple[str, str], list[FeedState]] = {}
    for one in feeds:
        by_state.setdefault((one.state, one.agency), []).append(one)
    if not by_state:
        return None
    order = list(NOT_TO_BE_RELIED_ON)
    wanting = sorted((key for key in by_state if key[0] in order), key=lambda key: (order.index(key[0]), key[1]))
    fresh = sorted((key for key in by_state if key[0] not in order), key=lambda key: key[1])
    return FreshnessShown(
        wanting=tuple(_shown(state, agency, by_state[state, agency], now) for state, agency in wanting),
        fresh=tuple(_shown(state, agency, by_state[state, agency], now) for state, agency in fresh),
    )


def _shown(state: str, agency: str, feeds: list[FeedState], now: datetime) -> AgencyShown:
    came = [one.last for one in feeds if one.last]
    when = words.ago(max(came), now) if came else ""
    titles = ", ".join(sorted(one.title for one in feeds))
    return AgencyShown(agency, NOT_TO_BE_RELIED_ON.get(state, ""), titles, when)
