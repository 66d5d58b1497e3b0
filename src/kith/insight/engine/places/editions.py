"""Which edition of the census's small areas (LSOA) the codes of a file belong to: never mixed in silence.

Codes that split or joined areas got in 2021 are E01033769 and above, W01001959 and above. A code that was given up in
2021 is known only from the look-up between editions that the Office for National Statistics publishes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

FIRST_OF_2021 = {"E": "E01033769", "W": "W01001959"}


@dataclass(frozen=True)
class Editions:
    """How many rows have a code known in 2021 only, in 2011 only (None without a look-up), in both, or none at all."""

    only_2021: int
    only_2011: int | None
    either: int
    none: int
    months: tuple[str, str] | None  # the first and last month with codes of 2021 only

    @property
    def words(self) -> list[str]:
        """What the codes are, and what that means for anybody who adds up by them."""
        if not self.only_2021 and not self.only_2011:
            return [
                f"Area codes: {self.either:,} rows with codes that both editions have, or 2011's; none is 2021's own."
            ]
        old = "not counted: give the look-up with --lookup" if self.only_2011 is None else f"{self.only_2011:,} rows"
        other = "an older one" if self.only_2011 is None else "one that both have"
        said = [
            f"Area codes: {self.only_2021:,} rows have a code of the 2021 edition only, {self.either:,} {other}, "
            f"{self.none:,} none; a code of the 2011 edition only: {old}."
        ]
        if self.only_2011 is None or self.only_2011:
            when = f" (2021's own codes from {self.months[0]} to {self.months[1]})" if self.months else ""
            said.append(
                f"The file may mix both editions{when}. Hexagons are made from positions, not from these codes."
            )
        return said


def editions_of(table: pl.DataFrame, given_up: frozenset[str] | None) -> Editions:
    """Count the codes of a table with `area` and perhaps `day`. `given_up` are codes of 2011 that 2021 has not."""
    codes = table.select("area", "day").filter(pl.col("area").fill_null("") != "")
    fresh = pl.any_horizontal(
        [
            pl.col("area").str.starts_with(country) & (pl.col("area") >= first)
            for country, first in FIRST_OF_2021.items()
        ]
    )
    new = codes.filter(fresh)
    old = None if given_up is None else int(codes["area"].is_in(list(given_up)).sum())
    months = None
    if len(new) and new["day"].null_count() < len(new):
        first, last = new.select(pl.col("day").min().alias("first"), pl.col("day").max().alias("last")).row(0)
        months = (f"{first:%B %Y}", f"{last:%B %Y}")
    either = len(codes) - len(new) - (old or 0)
    return Editions(len(new), old, either, len(table) - len(codes), months)


def given_up_in_2021(path: Path) -> frozenset[str]:
    """Codes that a look-up between editions has for 2011 and not for 2021. Raises ValueError where it is none."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        names = rows.fieldnames or []
        old, new = _column(names, ("lsoa11", "lsoa2011")), _column(names, ("lsoa21", "lsoa2021"))
        pairs = [(row[old], row[new]) for row in rows]
    return frozenset(one for one, _ in pairs) - frozenset(other for _, other in pairs)


def _column(names: Iterable[str], starts: tuple[str, ...]) -> str:
    for name in names:
        tidy = name.lower().replace("_", "")
        if tidy.startswith(starts) and tidy.endswith(("cd", "code")):
            return name
    raise ValueError(f"The look-up has no column of {starts[0]} codes.")
