"""The parts of a child's profile, and when each is to be looked at again."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

PHOTO = "photo"


@dataclass(frozen=True)
class Part:
    """One part: its words, and after how many months it is looked at again."""

    key: str
    title: str
    hint: str
    months: int


@cache
def parts() -> tuple[Part, ...]:
    """Every part that is written in words, in the order it is read."""
    listed = _read()["parts"].items()
    return tuple(Part(str(key), said["title"], said["hint"], int(said["months"])) for key, said in listed)


def part(kind: str) -> Part:
    """One part; the photo too. Raises KeyError where there is none such."""
    if kind == PHOTO:
        return Part(PHOTO, "Photo", "Of the face, recent", int(_read()["photo_months"]))
    found = {one.key: one for one in parts()}
    return found[kind]


def look_again_on(kind: str, written: date) -> date:
    """From which day a part that was written or looked at on a day is to be looked at again."""
    months = written.month - 1 + part(kind).months
    year, month = written.year + months // 12, months % 12 + 1
    return date(year, month, min(written.day, monthrange(year, month)[1]))


def source() -> tuple[str, bool]:
    """Where the list comes from, and whether that was verified."""
    return str(_read()["source"]), bool(_read()["checked"])


@cache
def _read() -> Any:
    return yaml.safe_load((files("kith.missing") / "profiles.yaml").read_text(encoding="utf-8"))
