"""The pages of help: words in three voices, and guides made from the same definitions that the software follows.

Plain Python: a pathway, a level or a clock that is added or changed shows here by itself.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

import yaml

from kith.foundations.clocks import ClockRule
from kith.front_door import rules as front_door
from kith.pathways import rules as paths
from kith.pathways.rules import Pathway

VOICES = {"professional": "For people at work", "parent": "For parents and carers", "young-person": "For young people"}
OF_WHICH_KIND = {"child": "person", "group": "group", "place": "place", "online": "place"}  # what is told → its record
LONGEST_BLOCK = 5_000


@dataclass(frozen=True)
class Block:
    """Words under one title, in one voice."""

    key: str
    voice: str
    title: str
    text: str


@dataclass(frozen=True)
class Piece:
    """A paragraph, or a list."""

    words: str = ""
    listed: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClockShown:
    """By when something is done; from which rule, and whether anybody has checked that."""

    step: str
    title: str
    allowed: str
    kind: str
    source: str
    checked: bool


@dataclass(frozen=True)
class PathShown:
    """One pathway: what it is, for whom, who owns it, its clocks."""

    title: str
    what: str
    owner: str
    level: str
    about: str
    clocks: tuple[ClockShown, ...]


@dataclass(frozen=True)
class Route:
    """What can be told, and which pathways may follow."""

    about: str
    paths: tuple[str, ...]


@cache
def own_blocks() -> tuple[Block, ...]:
    """The words that came with Kith."""
    rows = yaml.safe_load((files("kith.doors") / "helping.yaml").read_text(encoding="utf-8"))
    return tuple(Block(row["key"], row["voice"], row["title"], row["text"].strip()) for row in rows)


def blocks_with(*words: Mapping[str, str]) -> tuple[Block, ...]:
    """Every block, with the words of the first mapping that has some for it."""
    return tuple(
        Block(one.key, one.voice, one.title, next((own[one.key] for own in words if own.get(one.key)), one.text))
        for one in own_blocks()
    )


def read_words(path: str) -> dict[str, str]:
    """The partnership's file: a key of a block and its words on each line. Unknown keys raise ValueError by name."""
    if not path:
        return {}
    given = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    known = {one.key for one in own_blocks()}
    if unknown := sorted(set(given) - known):
        raise ValueError(f"{path}: no such block: {', '.join(unknown)}; known are {', '.join(sorted(known))}.")
    return {key: str(text) for key, text in given.items()}


def laid_out(text: str, filled: Mapping[str, str]) -> tuple[Piece, ...]:
    """Paragraphs and lists. What stands in braces is filled in where it is known, and left as it is otherwise."""
    for name, words in filled.items():
        text = text.replace("{" + name + "}", words)
    pieces: list[Piece] = []
    for part in text.replace("\r\n", "\n").split("\n\n"):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        said = " ".join(line for line in lines if not line.startswith("- "))
        items = tuple(line[2:] for line in lines if line.startswith("- "))
        pieces += [Piece(words=said)] if said else []
        pieces += [Piece(listed=items)] if items else []
    return tuple(pieces)


def routes() -> tuple[Route, ...]:
    """Which pathways may follow for each thing that can be told."""
    return tuple(Route(one.title, _paths_for(one.key)) for one in front_door.codes()["about"].codes)


def first_clocks(on: date) -> tuple[ClockShown, ...]:
    """What the front door itself must do by when."""
    return tuple(_shown(rule.title, rule) for rule in front_door.clock_rules() if rule.in_force(on))


def paths_shown(on: date) -> tuple[PathShown, ...]:
    """Every pathway, in the order of its definition."""
    return tuple(_path(one, on) for one in paths.pathways().values())


def levels() -> tuple[str, ...]:
    """The levels of need, lowest first."""
    return tuple(one.title for one in front_door.codes()["levels"].codes)


def _paths_for(about: str) -> tuple[str, ...]:
    kind = OF_WHICH_KIND.get(about, "")
    return tuple(one.title for one in paths.pathways_for(kind)) if kind else ()


def _path(path: Pathway, on: date) -> PathShown:
    rules = [rule for rule in paths.clock_rules() if rule.in_force(on)]
    clocks = tuple(
        _shown(state.title, rule) for state in path.states for rule in rules if state.clock and rule.key == state.clock
    )
    words = {"person": "a child", "group": "a group", "place": "a place"}
    about = " or ".join(words.get(kind, kind) for kind in path.about)
    return PathShown(path.title, path.what, path.owner, path.level, about, clocks)


def _shown(step: str, rule: ClockRule) -> ClockShown:
    kind = "the law" if rule.kind == "law" else "a local standard"
    return ClockShown(step, rule.title, str(rule.allowed), kind, rule.source, rule.checked)
