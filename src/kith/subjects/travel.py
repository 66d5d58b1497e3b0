"""Kinds of place at which people set out, change or arrive; and ways to travel: dated lists, in `travel_kinds.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LISTED = Path(__file__).with_name("travel_kinds.yaml")


@dataclass(frozen=True)
class TravelKind:
    """One kind of place: from when to when it is in force, and which codes and words of others mean the same."""

    key: str
    title: str
    since: date
    until: date | None = None
    stop_types: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


@cache
def travel_kinds() -> Mapping[str, TravelKind]:
    """Every kind by its key, those that ended too, in the order of the list."""
    return {key: _kind(str(key), given) for key, given in _listed()["kinds"].items()}


@cache
def ways() -> Mapping[str, str]:
    """How somebody may have travelled, in words."""
    return {str(key): str(words) for key, words in _listed()["ways"].items()}


def where_from() -> str:
    """The source of the list, and whether it was verified."""
    told = _listed()
    return f"{told['source']}{'' if told['checked'] else ' (not yet verified)'}"


def kind_said(words: str, on: date) -> str:
    """The kind that a code of the national register or an agency's word means on a day; "" where none does."""
    said = words.strip()
    for kind in travel_kinds().values():
        if kind.holds(on) and (said.upper() in kind.stop_types or said.casefold() in {kind.key, *kind.words}):
            return kind.key
    return ""


def _kind(key: str, given: dict[str, Any]) -> TravelKind:
    lists = {name: tuple(str(one) for one in given.get(name, ())) for name in ("stop_types", "words")}
    return TravelKind(key, given["title"], given["since"], given.get("until"), **lists)


@cache
def _listed() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(LISTED.read_text(encoding="utf-8"))
    return found
