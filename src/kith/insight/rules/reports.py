"""What a report is: one readable file each, in `reports/`. Which sections it has, what they show, what is asked of the
person who writes it. Plain Python and YAML; nothing is counted here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from kith.insight.rules.measures import BREAKDOWNS, measures
from kith.insight.rules.periods import (
    Month,
    Span,
    Window,
    last_complete,
    month,
    quarter,
    six_months,
    twelve_months,
    year,
)

FOLDER = Path(__file__).resolve().parents[1] / "reports"
MONTHS_COUNTED = 36  # how far back a cut counts
LENGTHS: dict[Span, Callable[[Month], Window]] = {
    Span.TWELVE_MONTHS: twelve_months,
    Span.YEAR: year,
    Span.SIX_MONTHS: six_months,
    Span.QUARTER: quarter,
    Span.MONTH: month,
}
SMALL = "Numbers from one to four, and those that would give one away, are not shown"
Made = TypeVar("Made")


class BadReport(ValueError):
    """A report's file is wrong; the message names the file and says how."""


class Comparator(StrEnum):
    """What a period is set beside."""

    BEFORE = "before"
    YEAR_BEFORE = "year-before"

    def window(self, of: Window) -> Window:
        """The period to compare with."""
        return of.previous() if self is Comparator.BEFORE else of.a_year_before()


COMPARATORS = {
    Comparator.BEFORE: "The period just before, of the same length",
    Comparator.YEAR_BEFORE: "The same months a year before",
}


class State(StrEnum):
    """How an action of a delivery plan stands; told in words, with a sign beside the colour."""

    NOT_BEGUN = "not-begun"
    ON_TRACK = "on-track"
    AT_RISK = "at-risk"
    LATE = "late"
    DONE = "done"


STATES = {
    State.NOT_BEGUN: "Not begun",
    State.ON_TRACK: "Green: on track",
    State.AT_RISK: "Amber: at risk",
    State.LATE: "Red: late",
    State.DONE: "Done",
}


@dataclass(frozen=True)
class TableAsked:
    """A table of the current and the previous number of each of `measures` (shares and middle values stand in tables of
    their own beside it); or, with `by`, of one measure's groups."""

    caption: str
    measures: tuple[str, ...]
    by: str = ""


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it. `prompt` is what the writer is asked; a `required` one must be answered
    before the report is signed off; `sentences` and `pictures` are measures; `plan`: a list of actions with owners."""

    key: str
    title: str
    prompt: str = ""
    words: str = ""
    level: int = 1
    required: bool = False
    sentences: tuple[str, ...] = ()
    tables: tuple[TableAsked, ...] = ()
    pictures: tuple[str, ...] = ()
    plan: bool = False

    @property
    def measures(self) -> tuple[str, ...]:
        """Every measure of its tables of change, in order."""
        return tuple(dict.fromkeys(key for table in self.tables if not table.by for key in table.measures))


@dataclass(frozen=True)
class ReportKind:
    """One kind of report. `for_` says who reads it, `spans` the periods that it may be of, of each the newest so
    many; `of_subject`: it is a problem profile, of a place, a locality or a kind of harm, and has a purpose."""

    key: str
    title: str
    about: str
    for_: str
    marking: str
    spans: tuple[Span, ...]
    sections: tuple[Section, ...]
    of_subject: bool = False
    newest: int = 24

    def section(self, key: str) -> Section | None:
        """A section by its key."""
        return next((one for one in self.sections if one.key == key), None)

    def not_answered(self, written: Mapping[str, str]) -> list[Section]:
        """The sections that must have words and have none."""
        return [one for one in self.sections if one.required and not written.get(one.key, "").strip()]


@cache
def report_kinds(folder: Path = FOLDER) -> dict[str, ReportKind]:
    """Every kind of report by its key, in the order of files. Raises BadReport."""
    return {path.stem.split("-", 1)[1]: read_kind(path) for path in sorted(folder.glob("*.yaml"))}


def read_kind(path: Path) -> ReportKind:
    """One file, named by its place and key: `10-annual.yaml`. Raises BadReport, naming it."""
    given = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        return _kind(path.stem.split("-", 1)[1], given)
    except (KeyError, TypeError, ValueError, IndexError) as wrong:
        raise BadReport(f"{path.name}: {wrong}") from wrong


def _kind(key: str, given: dict[str, Any]) -> ReportKind:
    sections = tuple(_section(one) for one in given.pop("sections"))
    spans = tuple(Span(one) for one in given.pop("spans"))
    kind = ReportKind(key=key, for_=given.pop("for"), spans=spans, sections=sections, **given)
    keys = [one.key for one in sections]
    if len(set(keys)) < len(keys):
        raise ValueError("two sections have the same key")
    if not set(spans) <= set(LENGTHS):
        raise ValueError("a report is of twelve months, a year, six months, a quarter or a month")
    return kind


def _section(given: dict[str, Any]) -> Section:
    tables = tuple(_made(TableAsked, one) for one in given.pop("tables", ()))
    for table in tables:
        _check(table)
    section = _made(Section, given | {"tables": tables})
    _known((*section.sentences, *section.pictures))
    return section


def _check(table: TableAsked) -> None:
    _known(table.measures)
    if table.by and (len(table.measures) != 1 or table.by not in measures()[table.measures[0]].breakdowns):
        raise ValueError(f"“{table.caption}”: {table.measures[0]} is not counted by {table.by}")
    if table.by and table.by not in BREAKDOWNS:
        raise ValueError(f"no such breakdown: {table.by}")


def _known(keys: tuple[str, ...]) -> None:
    if unknown := [key for key in keys if key not in measures()]:
        raise ValueError(f"no such measure: {', '.join(unknown)}")


def _made(kind: type[Made], given: dict[str, Any]) -> Made:
    names = {one.name for one in fields(kind)}  # type: ignore[arg-type]
    if unknown := set(given) - names:
        raise ValueError(f"no such setting: {', '.join(sorted(unknown))}")
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in given.items()})


def periods(kind: ReportKind, as_at: date) -> list[Window]:
    """The periods that a report of a cut may be of, the newest first: over by then, counted with the one before."""
    last = last_complete(as_at)
    first = last - (MONTHS_COUNTED - 1)
    found: dict[Window, None] = {}
    for span in kind.spans:
        over = dict.fromkeys(LENGTHS[span](last - back) for back in range(24))
        counted = [one for one in over if one.last <= last and one.previous().first >= first]
        found |= dict.fromkeys(counted[: kind.newest])
    return sorted(found, key=lambda one: (-kind.spans.index(one.span), one.last), reverse=True)


def newest_fixed(windows: list[Window], upto: Month) -> Window | None:
    """Of the periods that are counted by group, the newest year that is over by the end of a report's period; else the
    newest quarter."""
    over = [one for one in windows if one.last <= upto]
    return max(over, key=lambda one: (one.length, one.last), default=None)
