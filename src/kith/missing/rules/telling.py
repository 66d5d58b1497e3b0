"""To whom what a child said may go, and words that name nobody. Plain Python."""

from __future__ import annotations

import re
from collections.abc import Iterable

RECIPIENTS = ("police", "worker", "parent", "school", "health")
BY_HAND = ("school", "health")  # whom people tell themselves, and then say so
TO_POLICE = ("person", "place", "vehicle")  # kinds of what a child named that go to the police
SHORTEST_NAME = 3


def may_tell(answer: str, anyway_because: str) -> bool:
    """Whether a recipient is told: the child agreed to all or some of it, or must be told all the same, and knows."""
    return answer in {"all", "some"} or bool(anyway_because.strip())


def goes_to_police(kind: str, answer: str, *, chosen: bool, anyway_because: str) -> bool:
    """Whether one thing that a child named goes to the police: of some of it, only what was chosen."""
    if kind not in TO_POLICE:
        return False
    return answer == "all" or (chosen and may_tell(answer, anyway_because))


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """Which parts of these names stand in a text, whatever their case."""
    words = {word.casefold() for word in re.findall(r"[^\W\d_]+", text)}
    parts = {part for name in names for part in re.findall(r"[^\W\d_]+", name) if len(part) >= SHORTEST_NAME}
    return sorted(part for part in parts if part.casefold() in words)
