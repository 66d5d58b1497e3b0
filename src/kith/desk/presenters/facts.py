"""What agencies say, as a record page shows it: disagreements side by side, the rest one fact a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kith.foundations.design_system import words
from kith.linkage.rules.code_words import code_lists
from kith.linkage.rules.facts import FactLine, FactValue, in_words
from kith.linkage.rules.stated import Source


@dataclass(frozen=True)
class ValueShown:
    """One value, who says so, and how it differs from the best-supported one."""

    value: str
    note: str
    is_best: bool
    agencies: str
    sources: tuple[str, ...]


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
    days = [source.stated_on for source in value.sources]
    return ValueShown(
        value=said(field, value.value, max((day for day in days if day), default=None)),
        note=value.note,
        is_best=value.is_best,
        agencies=_agencies(value.sources),
        sources=tuple(_source(*pair) for pair in zip(value.sources, value.codes, strict=True)),
    )


def said(field: str, value: str, on: date | None = None) -> str:
    """A value as it is read: dates and codes in words, an NHS number in its three groups."""
    if field == "nhs_number" and len(value) == 10:
        return f"{value[:3]} {value[3:6]} {value[6:]}"
    read = in_words(field, value, on)
    return words.sentence(read) if field in code_lists() else read


def _agencies(sources: Sequence[Source]) -> str:
    """ "Severnmouth police, 3 Nov 2026", "Severnmouth police and 8 other agencies, 3 Nov 2026":

    the latest day of any.
    """
    names = list(dict.fromkeys(source.agency_name for source in sources))
    days = [source.stated_on for source in sources if source.stated_on]
    others = f" and {words.count(len(names) - 1, 'other agency', 'other agencies')}" if len(names) > 1 else ""
    return f"{names[0]}{others}{', ' + words.short_day(max(days)) if days else ''}" if names else ""


def _source(source: Source, code: str) -> str:
    """ "Severnmouth education, School roll, code BAFR, 1 Sep 2026"."""
    wrote = f", code {code}" if code else ""
    said = f", {words.short_day(source.stated_on)}" if source.stated_on else ""
    gone = " (since withdrawn)" if not source.is_current else ""
    kept = ", restricted" if source.is_restricted else ""
    title = "" if source.feed_title == source.agency_name else f", {source.feed_title}"
    return f"{source.agency_name}{title}{wrote}{said}{kept}{gone}"
