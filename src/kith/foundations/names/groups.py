"""Which given names are one name, from the lists beside this file.

A line is `formal,other other …`. A name may stand in several lines (Alex is Alexander and Alexandra); two names are
held to be one when they share a line. Lines are not joined up: Sandy and Xander share Alexander, Sandy and Sandra
share Alexandra, and Xander and Sandra share nothing.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _companions() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for names in _groups():
        for name in names:
            found[name].update(names)
    return {name: frozenset(others - {name}) for name, others in found.items()}


def same_names(folded: str) -> frozenset[str]:
    """The other names that `folded` (lower case, no accents) may be written or called as; empty for none."""
    return _companions().get(folded, frozenset())


def all_grouped_names() -> frozenset[str]:
    """Every name that the lists know."""
    return frozenset(_companions())


def _groups() -> list[list[str]]:
    lines = [
        line
        for path in sorted(files(__package__).iterdir(), key=lambda path: path.name)
        if path.name.endswith(".csv")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    return [[formal.strip(), *others.split()] for formal, others in (line.split(",")[:2] for line in lines)]
