"""The lists of codes, as codes.yaml has them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True)
class Coded:
    """One code: its words, and what it means where the words are not enough."""

    key: str
    title: str
    hint: str = ""


@cache
def listed(name: str) -> tuple[Coded, ...]:
    """One list of codes.yaml, in order. Raises KeyError where there is no such list."""
    return tuple(
        Coded(str(key), words) if isinstance(words, str) else Coded(str(key), words["title"], words["hint"])
        for key, words in _codes()[name].items()
    )


def choices(name: str) -> list[tuple[str, str]]:
    """A list as a form offers it."""
    return [(one.key, one.title) for one in listed(name)]


def title(name: str, key: str) -> str:
    """The words of one code; the code itself where the list no longer has it."""
    return next((one.title for one in listed(name) if one.key == key), key)


def code_of(name: str, words: str) -> str:
    """The code whose words, or which itself, an agency wrote; "" where none fits."""
    folded = words.strip().casefold()
    return next((one.key for one in listed(name) if folded in {one.key, one.title.casefold()}), "")


@cache
def _codes() -> Any:
    return yaml.safe_load((files("kith.missing") / "codes.yaml").read_text(encoding="utf-8"))
