"""Facts that lower rooms announce and from which something may follow; what follows stands in config/reactions.py."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

Fact = TypeVar("Fact")
_reactions: dict[type[Any], list[Callable[[Any], object]]] = defaultdict(list)


def announce(fact: object) -> None:
    """Says that something has happened, in the transaction in which it did: what follows stands or falls with it."""
    for react in _reactions[type(fact)]:
        react(fact)


def react_to(kind: type[Fact], reaction: Callable[[Fact], object]) -> None:
    """From now on `reaction` follows each fact of this kind; asked twice, it still follows once."""
    if reaction not in _reactions[kind]:
        _reactions[kind].append(reaction)
