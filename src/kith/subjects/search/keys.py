"""The keys a name's word is filed under, and those a typed word is looked up by.

A word is filed under itself, itself with any one letter left out, and its sound. Two words one slip apart (a letter
missing, extra, wrong or two changed round) then share a key, found by one look in an ordinary index.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kith.foundations.names import same_names
from kith.subjects.search.sounds import sound

FUZZY_FROM = 3  # a shorter word must be typed as it is
TWICE_FROM = 6  # a word this long may have two slips
SOUND = "~"


class Filed(NamedTuple):
    """One key of a word, and how many letters were left out to make it (0: the word or its sound)."""

    key: str
    dropped: int


class Sought(NamedTuple):
    """One key to look for: `how` is typed, equated (another form of the name) or sound."""

    key: str
    dropped: int
    how: str


def filed_under(word: str) -> list[Filed]:
    """Every key of a word that stands in the index. Numbers and address words are filed as they are."""
    if not word.isalpha() or len(word) < FUZZY_FROM:
        return [Filed(word, 0)]
    return [
        Filed(word, 0),
        *(Filed(key, 1) for key in sorted(_one_left_out(word))),
        Filed(SOUND + sound(word), 0),
    ]


def sought_for(word: str) -> Iterator[Sought]:
    """Every key a typed word is looked for by."""
    yield Sought(word, 0, "typed")
    for other in sorted(same_names(word)):
        yield Sought(other, 0, "equated")
    if not word.isalpha() or len(word) < FUZZY_FROM:
        return
    once = _one_left_out(word)
    yield from (Sought(key, 1, "typed") for key in sorted(once))
    if len(word) >= TWICE_FROM:
        twice = {key for shorter in once for key in _one_left_out(shorter)}
        yield from (Sought(key, 2, "typed") for key in sorted(twice))
    yield Sought(SOUND + sound(word), 0, "sound")


def _one_left_out(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}
