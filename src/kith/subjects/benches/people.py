"""A million people who do not exist, for the search bench.

Where public name data is at hand (environment KITH_SHARED_DATA or ../shared/data: ONS baby names, UK surnames) names
are drawn with its frequencies; otherwise from short lists here. The search's own lists are never used.
"""

from __future__ import annotations

import csv
import gzip
import os
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import numpy as np

from kith.foundations.identifiers.nhs_number import check_digit

OLDEST, YOUNGEST = date(1940, 1, 1), date(2026, 6, 30)
_GIVEN = """Oliver George Jack Harry Jacob Charlie Thomas Oscar William James Olivia Amelia Emily Isla Ava Jessica Ella
Isabella Poppy Mia Muhammad Yusuf Ibrahim Fatima Aisha Zainab Kacper Jakub Zuzanna Maja Andrei Elena Hodan Abdi Ahmed
David Peter Susan Margaret Catherine Elizabeth Stephen Christopher Nicholas Rebecca Victoria Matthew Benjamin Samuel
Daniel Michael Joshua Alexander Joseph Edward Anthony Robert Patrick Leanne Joanne Philippa
Geraldine Siobhan Niamh""".split()  # noqa: SIM905  (reads best as it stands)
_FAMILY = """Smith Jones Williams Taylor Brown Davies Evans Wilson Thomas Johnson Khan Ahmed Ali Hussain Patel Singh
Kaur Begum Mohamed Hassan Nowak Kowalski Popescu Murphy OBrien Campbell Okafor Mensah Nguyen""".split()  # noqa: SIM905  (reads best as it stands)
_HEADS = (
    "Ash Brad Clif Den East Farn Gar Hart Ing Kirk Lang Mar Nor Oak Pem Rad Stan Thorn Under Wal Win Hol Brom".split()  # noqa: SIM905
)
_TAILS = "ton ley worth field ford wood well by ham son man brook bury den land shaw stead more wick gate".split()  # noqa: SIM905


@dataclass(frozen=True)
class People:
    """Parallel columns; `ids` run from 1."""

    first: np.ndarray
    last: np.ndarray
    born: list[date]
    nhs: list[str]
    postcode: np.ndarray
    origin: str

    def __len__(self) -> int:
        return len(self.first)


def make_people(size: int, *, seed: int) -> People:
    """The same people for the same size and seed."""
    rng = np.random.default_rng(seed)
    given, given_share, family, family_share, origin = _names()
    days = rng.integers(0, (YOUNGEST - OLDEST).days, size)
    letters = np.array(list("ABDEFGHJLNPQRSTUWXYZ"))
    parts = [rng.integers(1, 30, size), rng.integers(0, 10, size), rng.choice(letters, size), rng.choice(letters, size)]
    return People(
        first=rng.choice(given, size, p=given_share),
        last=rng.choice(family, size, p=family_share),
        born=[OLDEST + timedelta(days=int(day)) for day in days],
        nhs=_nhs_numbers(size, rng),
        postcode=np.array([f"QX{a} {b}{c}{d}" for a, b, c, d in zip(*parts, strict=True)], dtype=object),
        origin=origin,
    )


def shared(*path: str) -> Path:
    """Where a public data file would be."""
    return Path(os.environ.get("KITH_SHARED_DATA", "../shared/data")).joinpath(*path)


def _names() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, str]:
    ons, surnames = shared("names_uk", "ons_baby_names_ew_1996_2024.csv.gz"), shared("sdglinkage_uk", "lastname_uk.csv")
    made_up = {head + tail: 1.0 for head, tail in product(_HEADS, _TAILS)}
    if not (ons.exists() and surnames.exists()):
        given = Counter({name: 1.0 / (rank + 8) for rank, name in enumerate(_GIVEN)})
        family = made_up | {name: 30.0 / (rank + 1) + 3 for rank, name in enumerate(_FAMILY)}
        return (*_shares(dict(given)), *_shares(family), "the bench's own short lists")
    counts: Counter[str] = Counter()
    with gzip.open(ons, "rt", encoding="utf-8") as text:
        for row in csv.DictReader(text):
            counts[row["name"]] += int(row["count"])
    with surnames.open(newline="", encoding="utf-8") as text:
        family = {row["surname"].title(): float(row["freq"]) for row in csv.DictReader(text)}
    for rank, name in enumerate(_FAMILY[10:], start=1):
        family[name] = max(family.get(name, 0.0), 0.012 / rank**0.5)
    family |= {name: 0.0002 for name in made_up if name not in family}
    return (*_shares(dict(counts)), *_shares(family), "published name frequencies")


def _shares(counts: dict[str, float]) -> tuple[np.ndarray, np.ndarray]:
    weights = np.array(list(counts.values()), dtype=float)
    return np.array(list(counts), dtype=object), weights / weights.sum()


def _nhs_numbers(size: int, rng: np.random.Generator) -> list[str]:
    """Well-formed numbers from a range that is set aside for tests (999…), each once."""
    found: list[str] = []
    for nine in rng.permutation(np.arange(999_000_000 - size * 3, 999_000_000)):
        digit = check_digit(str(nine))
        if digit is not None:
            found.append(f"{nine}{digit}")
        if len(found) == size:
            break
    return found
