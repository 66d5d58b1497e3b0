"""What a measure is: one readable file each, in `measures/`. Plain Python and YAML; nothing is counted here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kith.insight.rules.change import Polarity

FOLDER = Path(__file__).resolve().parents[1] / "measures"


class MeasureKind(StrEnum):
    """How the rows of a measure's SQL become a number."""

    COUNT = "count"  # how many are counted
    SHARE = "share"  # of those counted, the part of which `met` is true
    MEDIAN = "median"  # of those counted, the middle `value`
    STANDING = "standing"  # how many stand open at the end of the period, from `began` until `ended`


class BadMeasure(ValueError):
    """A measure's file is wrong; the message names the file and says how."""


@dataclass(frozen=True)
class Measure:
    """One counted thing with its definition. `counts`: the thing counted, in the plural (children, reports, days).

    `breakdowns`: of these the engine makes groups. `sql`: over the tables of the star, in words that DuckDB and Spark
    both know; it gives `counted` (a thing's number, or the child's code where children are counted), `child` and `day`
    (or `began` and `ended`), and `met`, `value`, `agency` or `locality` where the kind or a breakdown asks for them.
    With `since`, a row counts only in a period that holds that day too (as for children reported more than once).
    """

    key: str
    title: str
    about: str
    theme: str
    kind: MeasureKind
    counts: str
    numerator: str
    polarity: Polarity
    owner: str
    source: str
    sql: str = field(repr=False)
    denominator: str = ""
    caveats: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ()
    rate: bool = False  # also shown per 10,000 children who live here
    small: bool = False  # rare: judged by twelve months, not by one
    part_of: tuple[str, ...] = ()  # measures that count all of these, and others
    group_of: tuple[tuple[str, str, str], ...] = ()  # measure, breakdown, group: which is the same, or nearly
    for_: tuple[str, ...] = ()  # dashboards that show it, as DASHBOARDS has them


BREAKDOWNS: Mapping[str, str] = {
    "age": "Age",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "send": "Special educational need",
    "care": "In care",
    "locality": "Locality",
    "fifth": "Deprivation of where they live",
    "agency": "Agency",
}
GROUPS: Mapping[str, Mapping[str, str]] = {
    "age": {
        "0-9": "Under 10",
        "10-12": "10 to 12",
        "13-15": "13 to 15",
        "16-17": "16 and 17",
        "18+": "18 and over",
        "": "Not recorded",
    },
    "sex": {"F": "Girls and women", "M": "Boys and men", "": "Not recorded"},
    "ethnicity": {
        "white": "White",
        "mixed": "Mixed",
        "asian": "Asian",
        "black": "Black",
        "other": "Other",
        "": "Not recorded",
    },
    "send": {"plan": "With an education, health and care plan", "": "Without, or not known"},
    "fifth": {
        "1": "The most deprived fifth of the country",
        "2": "The second fifth",
        "3": "The third fifth",
        "4": "The fourth fifth",
        "5": "The least deprived fifth",
        "": "Not known",
    },
    "care": {"in care": "In care", "care leaver": "Care leavers", "": "Not in care"},
}
# What the census's codes of ethnicity begin with, and the group of each.
ETHNICITIES: Mapping[str, str] = {
    "W": "white",
    "M": "mixed",
    "A": "asian",
    "C": "asian",
    "B": "black",
    "O": "other",
}
THEMES: Mapping[str, str] = {
    "missing": "Missing children",
    "exploitation": "Exploitation and harm outside the home",
    "front-door": "Front door",
    "protection": "Children in need and child protection",
    "care": "Children in care",
    "police": "Police and crime",
    "education": "School",
    "health": "Health",
    "help": "Help on offer",
    "quality": "How good the data is",
}
DASHBOARDS: Mapping[str, str] = {
    "front-line": "Front line",
    "team": "Team",
    "partnership": "Partnership",
    "executive": "Executive",
    "serious-violence": "Serious violence",
}


@cache
def measures(folder: Path = FOLDER) -> dict[str, Measure]:
    """Every measure by its key, in the order of themes and titles. Raises BadMeasure."""
    found = [read_measure(path) for path in sorted(folder.glob("*.yaml"))]
    _check_kin({one.key: one for one in found})
    themes = list(THEMES)
    return {one.key: one for one in sorted(found, key=lambda one: (themes.index(one.theme), one.title))}


def read_measure(path: Path) -> Measure:
    """One file. Raises BadMeasure, naming it."""
    given = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(given, dict):
        raise BadMeasure(f"{path.name} is not a list of settings.")
    try:
        return _measure(path.stem, given)
    except (KeyError, TypeError, ValueError) as wrong:
        raise BadMeasure(f"{path.name}: {wrong}") from wrong


def _measure(key: str, given: dict[str, Any]) -> Measure:
    words = {name.replace("for", "for_") if name == "for" else name: value for name, value in given.items()}
    for name in ("caveats", "breakdowns", "for_", "part_of"):
        words[name] = tuple(words.get(name, ()))
    words["group_of"] = tuple((one["measure"], one["breakdown"], one["group"]) for one in words.get("group_of", ()))
    words["kind"], words["polarity"] = MeasureKind(words["kind"]), Polarity(words["polarity"])
    measure = Measure(key=key, **words)
    _check(measure)
    return measure


def _check_kin(found: Mapping[str, Measure]) -> None:
    """Refuse a part of what is not there, of what counts another thing, or of itself."""
    for one in found.values():
        for key in one.part_of:
            whole = found.get(key)
            if whole is None or whole.counts != one.counts:
                raise BadMeasure(f"{one.key}.yaml: part of {key}, which is no measure of {one.counts}")
            if one.key in wholes_of(one, found):
                raise BadMeasure(f"{one.key}.yaml: part of itself")
        for key, breakdown, _ in one.group_of:
            if key not in found or breakdown not in found[key].breakdowns:
                raise BadMeasure(f"{one.key}.yaml: group of {key}, which is not broken down by {breakdown}")


def wholes_of(measure: Measure, found: Mapping[str, Measure]) -> set[str]:
    """Every measure that a measure is a part of, or a part of a part."""
    seen: set[str] = set()
    waiting = list(measure.part_of)
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            waiting += found[key].part_of if key in found else ()
    return seen


def _check(measure: Measure) -> None:
    unknown = set(measure.breakdowns) - set(BREAKDOWNS)
    unknown |= set(measure.for_) - set(DASHBOARDS)
    if unknown:
        raise ValueError(f"no such breakdown or dashboard: {', '.join(sorted(unknown))}")
    if measure.theme not in THEMES:
        raise ValueError(f"no such theme: {measure.theme}")
    if measure.kind is MeasureKind.SHARE and not measure.denominator:
        raise ValueError("a share says what it is a share of")
    if not all((measure.title, measure.about, measure.numerator, measure.owner, measure.source, measure.sql.strip())):
        raise ValueError("title, about, numerator, owner, source and sql are all needed")
