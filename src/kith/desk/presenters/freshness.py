"""How fresh what stands on a record can be: a record never implies that nothing happened where nothing has arrived."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

NOT_TO_BE_RELIED_ON = {"silent": "Silent", "failed": "Not read", "never": "Never arrived", "late": "Late"}


class FeedState(Protocol):
    """What is known of a feed's last delivery; `state` is fresh, late, silent, never or failed."""

    @property
    def feed(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def agency(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def sentence(self) -> str: ...


@dataclass(frozen=True)
class FeedShown:
    """One feed: whose, what, and how it stands in words."""

    name: str
    state: str
    sentence: str


@dataclass(frozen=True)
class FreshnessShown:
    """Feeds that cannot be relied on first; then those that this record has something from; then the rest."""

    silent: tuple[FeedShown, ...]
    here: tuple[FeedShown, ...]
    others: tuple[FeedShown, ...]


def show_freshness(feeds: Iterable[FeedState], on_this_record: Collection[str]) -> FreshnessShown | None:
    """Every feed that has ever been expected; None where no feed is. `on_this_record`: feeds it has something from."""
    shown = [(one, FeedShown(_name(one), NOT_TO_BE_RELIED_ON.get(one.state, ""), one.sentence)) for one in feeds]
    if not shown:
        return None
    relied = [(one, feed) for one, feed in shown if one.state not in NOT_TO_BE_RELIED_ON]
    return FreshnessShown(
        silent=tuple(feed for one, feed in shown if one.state in NOT_TO_BE_RELIED_ON),
        here=tuple(feed for one, feed in relied if one.feed in on_this_record),
        others=tuple(feed for one, feed in relied if one.feed not in on_this_record),
    )


def _name(one: FeedState) -> str:
    return f"{one.agency}, {one.title}" if one.agency and one.agency != one.title else one.title
