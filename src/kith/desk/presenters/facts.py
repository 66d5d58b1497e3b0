"""What agencies say, as a record page shows it: disagreements side by side, the rest one fact a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kith.foundations.design_system import words
from kith.linkage.rules.facts import FactLine, FactValue, in_words
from kith.linkage.rules.stated import Source


@dataclass(frozen=True)
class ValueShown:
    """One value, who says so, and how it differs from the best-supported one."""

    value: str
    note: str
    is_best: bool
    sources: tuple[str, ...]

    @property
    def first_source(self) -> str:
        return self.sources[0] if self.sources else ""

    @property
    def more_sources(self) -> int:
        return len(self.sources) - 1


@dataclass(frozen=True)
class FactShown:
    """One fact; with a disagreement, `sentence` says it in words."""

    field: str
    title: str
    sentence: str
    why: str
    values: tuple[ValueShown, ...]


@dataclass(frozen=True)
class FactsShown:
    """Disagreements first, then everything."""

    disagreements: tuple[FactShown, ...]
    agreed: tuple[FactShown, ...]


def show_facts(lines: Sequence[FactLine]) -> FactsShown:
    """The facts of one person."""
    shown = [(line.disagreement, _fact(line)) for line in lines]
    return FactsShown(
        disagreements=tuple(fact for disagree, fact in shown if disagree),
        agreed=tuple(fact for disagree, fact in shown if not disagree),
    )


def _fact(line: FactLine) -> FactShown:
    values = tuple(_value(line.field, value) for value in line.values)
    return FactShown(line.field, line.title, line.sentence, line.why, values)


def _value(field: str, value: FactValue) -> ValueShown:
    return ValueShown(
        value=in_words(field, value.value),
        note=value.note,
        is_best=value.is_best,
        sources=tuple(_source(source) for source in value.sources),
    )


def _source(source: Source) -> str:
    said = f", {words.short_day(source.stated_on)}" if source.stated_on else ""
    gone = " (since withdrawn)" if not source.is_current else ""
    kept = ", restricted" if source.is_restricted else ""
    title = "" if source.feed_title == source.agency_name else f", {source.feed_title}"
    return f"{source.agency_name}{title}{said}{kept}{gone}"
