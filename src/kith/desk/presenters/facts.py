"""What agencies say, as a record page shows it: disagreements side by side, the rest one fact a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kith.foundations.design_system import words
from kith.linkage.rules.facts import FactLine, FactValue, in_words
from kith.linkage.rules.stated import Source

# Codes that agencies use, in words. Ethnicity: the school census's code set (Department for Education).
CODES: dict[str, dict[str, str]] = {
    "sex": {"F": "Female", "M": "Male", "U": "Not stated"},
    "ethnicity": {
        "WBRI": "White British",
        "WIRI": "White Irish",
        "WIRT": "Traveller of Irish heritage",
        "WROM": "Gypsy or Roma",
        "WOTH": "Any other White background",
        "MWBC": "White and Black Caribbean",
        "MWBA": "White and Black African",
        "MWAS": "White and Asian",
        "MOTH": "Any other mixed background",
        "AIND": "Indian",
        "APKN": "Pakistani",
        "ABAN": "Bangladeshi",
        "AOTH": "Any other Asian background",
        "CHNE": "Chinese",
        "BCRB": "Black Caribbean",
        "BAFR": "Black African",
        "BOTH": "Any other Black background",
        "OOTH": "Any other ethnic group",
        "REFU": "Preferred not to say",
        "NOBT": "Not yet asked",
    },
}


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
    return ValueShown(
        value=said(field, value.value),
        note=value.note,
        is_best=value.is_best,
        agencies=_agencies(value.sources),
        sources=tuple(_source(source) for source in value.sources),
    )


def said(field: str, value: str) -> str:
    """A value as it is read: dates and codes in words, an NHS number in its three groups."""
    if field == "nhs_number" and len(value) == 10:
        return f"{value[:3]} {value[3:6]} {value[6:]}"
    return CODES.get(field, {}).get(value, in_words(field, value))


def _agencies(sources: Sequence[Source]) -> str:
    """ "Severnmouth police, 3 Nov 2026", "Severnmouth police and 8 other agencies, 3 Nov 2026":

    the latest day of any.
    """
    names = list(dict.fromkeys(source.agency_name for source in sources))
    days = [source.stated_on for source in sources if source.stated_on]
    others = f" and {words.count(len(names) - 1, 'other agency', 'other agencies')}" if len(names) > 1 else ""
    return f"{names[0]}{others}{', ' + words.short_day(max(days)) if days else ''}" if names else ""


def _source(source: Source) -> str:
    said = f", {words.short_day(source.stated_on)}" if source.stated_on else ""
    gone = " (since withdrawn)" if not source.is_current else ""
    kept = ", restricted" if source.is_restricted else ""
    title = "" if source.feed_title == source.agency_name else f", {source.feed_title}"
    return f"{source.agency_name}{title}{said}{kept}{gone}"
