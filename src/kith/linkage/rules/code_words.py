"""Codes that agencies state of a person, in words: dated lists with their source, in `code_words.yaml` beside this."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__)
LISTS = HERE.with_name("code_words.yaml")
NATIONAL = HERE.parents[1] / "standard" / "codes.yaml"
NOT_IN_THE_LIST = "not in the list"
BETWEEN = ", "  # as loading joins the values of a list


@dataclass(frozen=True)
class CodeList:
    """One code set of one fact: its words by code in capitals, where they are from, and when it is in force."""

    source: str
    words: Mapping[str, str]
    looks: str = ""
    since: date | None = None
    until: date | None = None

    def holds(self, on: date | None) -> bool:
        """Whether it is in force on a day; an unknown day asks for the list of today, which has no end."""
        if on is None:
            return self.until is None
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class Said:
    """A value as it is read, and the code it was written as; `code` is empty where it was written in words."""

    words: str
    code: str = ""
    unknown: bool = False


def said(field: str, value: str, on: date | None = None) -> Said:
    """A value in words. `on` is the day it was stated: the list then in force is asked first, then the others.

    A value in no list is as it was; where it looks like a code of the set, that is said.
    """
    lists = code_lists().get(field, ())
    if not lists or not value:
        return Said(value)
    parts = [_one(lists, part, on) for part in value.split(BETWEEN)]
    return Said(
        BETWEEN.join(part.words for part in parts),
        BETWEEN.join(part.code for part in parts if part.code),
        any(part.unknown for part in parts),
    )


def _one(lists: tuple[CodeList, ...], value: str, on: date | None) -> Said:
    for one in sorted(lists, key=lambda one: not one.holds(on)):
        if words := one.words.get(value.upper()):
            return Said(words, value if one.looks else "")
    looks_like_one = any(one.looks and re.fullmatch(one.looks, value) for one in lists)
    return Said(f"{value} ({NOT_IN_THE_LIST})", value, unknown=True) if looks_like_one else Said(value)


@lru_cache(maxsize=1)
def code_lists() -> Mapping[str, tuple[CodeList, ...]]:
    """Every code set by the fact it is stated for, in the order they are asked."""
    national = yaml.safe_load(NATIONAL.read_text(encoding="utf-8"))
    given = yaml.safe_load(LISTS.read_text(encoding="utf-8"))
    return {field: tuple(_list(one, national) for one in lists) for field, lists in given.items()}


def _list(given: Mapping[str, Any], national: Mapping[str, Mapping[str, str]]) -> CodeList:
    words = given.get("codes") or national[given["list"]]
    return CodeList(
        source=given["source"],
        words={str(code).upper(): meaning for code, meaning in words.items()},
        looks=given.get("looks", ""),
        since=given.get("from"),
        until=given.get("until"),
    )
