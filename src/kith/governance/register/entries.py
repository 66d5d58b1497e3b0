"""What an entry of the register says, read from its file. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).with_name("rules_published")
GROUPS = (
    "Critical moments",
    "Missing children",
    "Front door",
    "Intelligence",
    "Searches of figures",
    "Records",
    "Writing",
    "Figures",
)


class BadEntry(ValueError):
    """An entry's file is wrong; the message names the file and says how."""


@dataclass(frozen=True)
class Entry:
    """One rule as it is published.

    `runs`: the functions that are the rule. `counted`: SQL that gives `subject_id`, `at` and `overruled` for each time
    it fired, where that is kept; else `not_counted` says why not. `measure`: a search counts as this measure does.
    `page`: the name of the page where it is set out further. `model`: what was learned from data, where anything was.
    """

    key: str
    title: str
    group: str
    does: str
    inputs: tuple[str, ...]
    reason: str
    source: str
    checked: bool
    since: date
    owner: str
    asked: str
    decides: str
    never: str
    runs: tuple[str, ...] = ()
    overruled_means: str = ""
    counted: str = field(default="", repr=False)
    not_counted: str = ""
    measure: str = ""
    page: str = ""
    model: str = ""


@cache
def entries(folder: Path = FOLDER) -> dict[str, Entry]:
    """Every entry by its key, in the order of groups and titles. Raises BadEntry."""
    found = [_read(path) for path in sorted(folder.glob("*.yaml"))]
    return {one.key: one for one in sorted(found, key=lambda one: (GROUPS.index(one.group), one.title))}


def entry(key: str) -> Entry | None:
    return entries().get(key)


def _read(path: Path) -> Entry:
    given = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        found = Entry(**_as_given(path.stem, given))
        _check(found)
    except (KeyError, TypeError, ValueError) as wrong:
        raise BadEntry(f"{path.name}: {wrong}") from wrong
    return found


def _as_given(key: str, given: dict[str, Any]) -> dict[str, Any]:
    lists = {name: tuple(map(str, given.get(name, ()))) for name in ("inputs", "runs")}
    return {"key": key, **given, **lists}


def _check(one: Entry) -> None:
    if one.group not in GROUPS:
        raise ValueError(f"no such group: {one.group}")
    if not isinstance(one.since, date) or not isinstance(one.checked, bool):
        raise ValueError("`since` is a day, and `checked` yes or no")
    said = (one.title, one.does, one.inputs, one.reason, one.source, one.owner, one.asked, one.decides, one.never)
    if not all(said):
        raise ValueError("everything that is published of a rule is needed")
    if sum(map(bool, (one.counted, one.not_counted, one.measure))) != 1:
        raise ValueError("it says how it is counted, or why it is not, or the measure that counts it")
    if not one.runs and not one.measure:
        raise ValueError("it names what runs it")
    if one.counted and not one.overruled_means:
        raise ValueError("it says what being overruled means")
