"""How fresh what stands on a record can be: a record never implies that nothing happened where nothing has arrived."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

NOT_TO_BE_RELIED_ON = {"failed": "Not read", "silent": "Silent", "late": "Late", "never": "Never arrived"}
NAMED = 3


class FeedState(Protocol):
    """What is known of a feed's last delivery; `state` is fresh, late, silent, never or failed."""

    @property
    def title(self) -> str: ...
    @property
    def agency(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def sentence(self) -> str: ...


@dataclass(frozen=True)
class Group:
    """Feeds of one agency of which the same is to be said: "Silent", whose, which, "expected every day, last …".

    `titles` names the first few, `rest` the others and `more` how many those are.
    """

    agency: str
    state: str
    titles: str
    sentence: str
    rest: str = ""
    more: int = 0


@dataclass(frozen=True)
class FreshnessShown:
    """What cannot be relied on, then what came in time."""

    wanting: tuple[Group, ...]
    fresh: tuple[Group, ...]


def show_freshness(feeds: Iterable[FeedState]) -> FreshnessShown | None:
    """Every feed that is expected, by agency; None where none is."""
    together: dict[tuple[str, str, str], list[str]] = {}
    for one in feeds:
        said = one.sentence.removeprefix(f"{one.state}: ")
        together.setdefault((one.state, one.agency, said), []).append(one.title)
    if not together:
        return None
    order = list(NOT_TO_BE_RELIED_ON)
    wanting = sorted((key for key in together if key[0] in order), key=lambda key: (order.index(key[0]), key))
    fresh = sorted((key for key in together if key[0] not in order), key=lambda key: key[1])
    return FreshnessShown(
        wanting=tuple(_group(key, together[key]) for key in wanting),
        fresh=tuple(_group(key, together[key]) for key in fresh),
    )


def _group(key: tuple[str, str, str], titles: list[str]) -> Group:
    state, agency, sentence = key
    shown = sorted(titles) if len(titles) <= NAMED + 1 else sorted(titles)[:NAMED]
    rest = sorted(titles)[len(shown) :]
    state_words = NOT_TO_BE_RELIED_ON.get(state, "")
    return Group(agency, state_words, ", ".join(shown), sentence, ", ".join(rest), len(rest))
