"""Kinds of case audit and how many are due: dated, with their source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

import yaml

from kith.insight.rules.periods import Month, Window, month, quarter, year


class Every(StrEnum):
    """How long a number due is for."""

    MONTH = "month"
    QUARTER = "quarter"

    def window(self, of: Month) -> Window:
        return month(of) if self is Every.MONTH else quarter(of)


class Lot(StrEnum):
    """Whose records are in the lot."""

    WORK = "work"
    AGAIN = "again"
    MANY = "many"
    NEGLECT = "neglect"


@dataclass(frozen=True)
class AuditKind:
    """One kind, as it stands from a day on."""

    key: str
    title: str
    since: date
    least: int
    most: int
    every: Every
    lot: Lot
    who: str
    source: str
    checked: bool
    agencies: tuple[str, ...] = ()  # the parts that several agencies write

    @property
    def is_of_several(self) -> bool:
        return bool(self.agencies)

    @property
    def due_words(self) -> str:
        """9 to 12 a month (not yet verified)."""
        many = str(self.least) if self.least == self.most else f"{self.least} to {self.most}"
        return f"{many} a {self.every}" + ("" if self.checked else " (not yet verified)")


@cache
def every_kind() -> tuple[AuditKind, ...]:
    """All that there have been, as kinds.yaml has them."""
    return read(files(__package__).joinpath("kinds.yaml").read_text(encoding="utf-8"))


def kinds(on: date, among: Sequence[AuditKind] | None = None) -> dict[str, AuditKind]:
    """Those that stand on a day, by key."""
    found: dict[str, AuditKind] = {}
    for one in sorted(every_kind() if among is None else among, key=lambda each: each.since):
        if one.since <= on:
            found[one.key] = one
    return found


def titles() -> dict[str, str]:
    """What each kind is called, those that no longer stand too."""
    return {one.key: one.title for one in every_kind()}


def is_of_several(kind: str) -> bool:
    """Whether several agencies write parts of audits of this kind."""
    return any(one.key == kind and one.is_of_several for one in every_kind())


def year_of(on: date) -> Window:
    """The financial year a day is in."""
    return year(Month.of(on))


def read(text: str) -> tuple[AuditKind, ...]:
    """From YAML. Raises KeyError where something lacks, ValueError where a number due makes no sense."""
    found = tuple(_kind(row) for row in yaml.safe_load(text))
    if wrong := [one.key for one in found if not 0 < one.least <= one.most]:
        raise ValueError(f"No number can be due of: {', '.join(wrong)}")
    return found


def _kind(row: dict[str, object]) -> AuditKind:
    since, agencies = row["from"], row.get("agencies", [])
    if not isinstance(since, date) or not isinstance(agencies, list):
        raise ValueError(f"{row['key']}: `from` is no day, or `agencies` no list")
    return AuditKind(
        key=str(row["key"]),
        title=str(row["title"]),
        since=since,
        least=int(str(row["least"])),
        most=int(str(row["most"])),
        every=Every(str(row["every"])),
        lot=Lot(str(row["draw"])),
        who=str(row["who"]),
        source=str(row["source"]),
        checked=row["checked"] is True,
        agencies=tuple(str(one) for one in agencies),
    )
