"""The latest absence as whoever looks after the child sees it: how it stands, and the clock that everybody sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kith.foundations.design_system import words
from kith.foundations.design_system.words import ClockWords
from kith.missing.presenters.talks import in_words, state_of
from kith.missing.queries.carers import ForCarers


@dataclass(frozen=True)
class CarerShown:
    """`clock` None: the child is not back."""

    reference: str
    is_back: bool
    since: str
    back: str
    state: str
    clock: ClockWords | None


def show_to_carer(found: ForCarers | None, now: datetime) -> CarerShown | None:
    """None where there is nothing lately."""
    if found is None:
        return None
    episode, clock = found.episode, found.clock
    back = words.moment(episode.back_at, now) if episode.back_at else ""
    return CarerShown(
        episode.reference,
        bool(episode.back_at),
        words.moment(episode.gone_at, now),
        back,
        state_of(found.conversation) if found.conversation else "Not offered yet",
        in_words(clock, now) if clock else None,
    )
