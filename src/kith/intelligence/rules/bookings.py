"""Whether two bookings may have the same booker or card, and why. Prompts only: a person says whether it is so."""

from __future__ import annotations

import re
from dataclasses import dataclass

FEWEST_LETTERS = 5  # of a booker's name, below which it is anybody's


@dataclass(frozen=True)
class Booked:
    """What is compared of a booking."""

    booker: str
    card_digits: str
    place: str


def why_same(one: Booked, other: Booked) -> tuple[str, ...]:
    """In words why two bookings may be one booker's; nothing where nothing says so."""
    where = "at the same place" if plain(one.place) == plain(other.place) else "elsewhere"
    said = []
    if booker := same_name(one.booker, other.booker):
        said.append(f"the same name, {booker}, {where}")
    if one.card_digits and one.card_digits == other.card_digits:
        said.append(f"a card that ends in {one.card_digits}, {where}")
    return tuple(said)


def same_name(one: str, other: str) -> str:
    """The name that both have, whatever its order, marks and capitals; "" where they differ or it is too short."""
    mine, theirs = sorted(plain(one).split()), sorted(plain(other).split())
    long_enough = sum(map(len, mine)) >= FEWEST_LETTERS
    return one.strip() if mine == theirs and long_enough else ""


def plain(words: str) -> str:
    """Words as they are compared: small letters and digits, titles left out."""
    kept = re.findall(r"\w+", words.casefold())
    return " ".join(one for one in kept if one not in TITLES)


TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr"})
