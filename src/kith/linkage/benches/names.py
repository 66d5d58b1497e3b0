"""Names for the linkage bench. Deliberately not the engine's lists, so that the figures are honest.

Where public name data is at hand (environment KITH_SHARED_DATA or ../shared/data: ONS baby names, UK surnames
and name variants published by others) it is used; otherwise the short lists below serve. `Names.origin` says which.
"""

from __future__ import annotations

import csv
import gzip
import os
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np


def _lists() -> dict[str, list[str]]:
    """The headings and words of names.txt."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in (Path(__file__).parent / "names.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            heading = line.strip("[]")
        elif heading:
            found.setdefault(heading, []).extend(line.split())
    return found


LISTS = _lists()
STREETS = LISTS["streets"]
STREET_KINDS = (("Road", "Rd"), ("Street", "St"), ("Avenue", "Ave"), ("Close", "Cl"), ("Lane", "Ln"), ("Drive", "Dr"))


@dataclass(frozen=True)
class Names:
    """Weighted first names by sex, weighted surnames, and the other spellings of each first name."""

    boys: np.ndarray
    boy_weights: np.ndarray
    girls: np.ndarray
    girl_weights: np.ndarray
    surnames: np.ndarray
    surname_weights: np.ndarray
    variants: dict[str, list[str]]
    origin: str


def load_names() -> Names:
    """Public name data where it is at hand, the short lists otherwise."""
    folder = Path(os.environ.get("KITH_SHARED_DATA", "../shared/data"))
    ons = folder / "names_uk" / "ons_baby_names_ew_1996_2024.csv.gz"
    surnames = folder / "sdglinkage_uk" / "lastname_uk.csv"
    if ons.exists() and surnames.exists():
        return _published_names(folder, ons, surnames)
    return _short_names()


def _published_names(folder: Path, ons: Path, surnames: Path) -> Names:
    boys, girls = _ons_counts(ons)
    with surnames.open(newline="", encoding="utf-8") as text:
        families = {row["surname"].title(): float(row["freq"]) for row in csv.DictReader(text)}
    for name in LISTS["surnames"][23:60]:
        families[name] = max(families.get(name, 0.0), 0.0012)
    return Names(
        *_weighted(boys),
        *_weighted(girls),
        *_weighted(families),
        variants=_published_variants(folder),
        origin="published name data",
    )


def _ons_counts(path: Path) -> tuple[dict[str, float], dict[str, float]]:
    counts: dict[str, dict[str, float]] = {"M": defaultdict(float), "F": defaultdict(float)}
    with gzip.open(path, "rt", encoding="utf-8") as text:
        for row in csv.DictReader(text):
            if int(row["year"]) >= 2004:
                counts[row["sex"]][row["name"]] += float(row["count"])
    return counts["M"], counts["F"]


def _published_variants(folder: Path) -> dict[str, list[str]]:
    variants: dict[str, list[str]] = defaultdict(list)
    with (folder / "sdglinkage_uk" / "firstname_uk_variant.csv").open(newline="", encoding="utf-8") as text:
        for row in csv.DictReader(text):
            variants[row["forename"]].append(row["forename2"])
    with (folder / "names_uk" / "nicknames_carltonnorthern.csv").open(newline="", encoding="utf-8") as text:
        for row in csv.DictReader(text):
            variants[row["name1"]].append(row["name2"])
    for name, others in _short_variants().items():
        variants[name].extend(others)
    return variants


def _short_names() -> Names:
    families = {f"{a}{b}": 1.0 for a, b in product(LISTS["surname_heads"], LISTS["surname_tails"])}
    families |= {name: 40.0 / (rank + 1) + 3 for rank, name in enumerate(LISTS["surnames"])}
    return Names(
        *_weighted(_ranked(LISTS["boys"])),
        *_weighted(_ranked(LISTS["girls"])),
        *_weighted(families),
        variants=_short_variants(),
        origin="the bench's own short lists",
    )


def _short_variants() -> dict[str, list[str]]:
    return {name: others.split(",") for name, others in (line.split(":") for line in LISTS["variants"])}


def _ranked(names: Iterable[str]) -> dict[str, float]:
    return {name: 1.0 / (rank + 8) for rank, name in enumerate(names)}


def _weighted(counts: dict[str, float]) -> tuple[np.ndarray, np.ndarray]:
    weights = np.array(list(counts.values()))
    return np.array(list(counts), dtype=object), weights / weights.sum()
