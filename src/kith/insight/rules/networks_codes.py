"""A short code for each link of a picture, to be typed: with one key before it, evidence is four key presses away.

A code begins with a figure, so that no name is taken for one, and has no vowels and nothing that is read as something
else (0 and o, 1, l and i). Codes of one picture are equally long: two characters up to 224 links, three up to 6,272.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

FIRST = "23456789"
REST = "23456789bcdfghjkmnpqrstvwxyz"
SHAPE = re.compile(f"[{FIRST}][{REST}]{{1,4}}")


def codes_of(links: Iterable[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """The code of each link by its two ends. The same links have the same codes, in whatever order they come."""
    ordered = sorted(set(links))
    length = 2
    while len(FIRST) * len(REST) ** (length - 1) < len(ordered):
        length += 1
    return {ends: _code(place, length) for place, ends in enumerate(ordered)}


def _code(place: int, length: int) -> str:
    end = ""
    for _ in range(length - 1):
        place, left = divmod(place, len(REST))
        end = REST[left] + end
    return FIRST[place] + end


def tidied(typed: str) -> str:
    """What was typed, as a code is written; empty where it cannot be one."""
    plain = typed.strip().lower()
    return plain if SHAPE.fullmatch(plain) else ""
