"""Which given names are one name: nicknames and spellings, from the lists in `names/`.

A name may belong to several groups (Alex is Alexander and Alexandra); two names are held to be one name when they
share a group. Groups are not joined up: Sandy and Xander share Alexander, Sandy and Sandra share Alexandra, and
Xander and Sandra share nothing.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import duckdb
import pyarrow as pa

_FOLDER = Path(__file__).parent / "names"
FIRST_LEARNED = 100_000
_FOLDS = str.maketrans("łøđıßðþæœ", "lodisdtao")


@lru_cache(maxsize=1)
def name_groups() -> dict[str, tuple[int, ...]]:
    """Folded name to the numbers of its groups."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, names in enumerate(_groups(), start=1):
        for name in names:
            if number not in found[name]:
                found[name].append(number)
    return {name: tuple(numbers) for name, numbers in found.items()}


@lru_cache(maxsize=1)
def equated_pairs() -> int:
    """How many pairs of different names the lists equate."""
    pairs = {(a, b) for names in _groups() for a in names for b in names if a < b}
    return len(pairs)


def same_name(one: str, other: str) -> bool:
    """Do the lists hold these two folded names to be one name?"""
    groups = name_groups()
    return one == other or not set(groups.get(one, ())).isdisjoint(groups.get(other, ()))


def install_name_groups(con: duckdb.DuckDBPyConnection, learned: Sequence[tuple[str, str]] = ()) -> None:
    """Make the lists, and pairs learned from records, available to SQL as table name_group (name, groups)."""
    groups = {name: list(numbers) for name, numbers in name_groups().items()}
    for number, pair in enumerate(learned, start=FIRST_LEARNED):
        for name in pair:
            groups.setdefault(name, []).append(number)
    con.register(
        "name_group_given",
        pa.table(
            {
                "name": pa.array(list(groups), pa.string()),
                "groups": pa.array(list(groups.values()), pa.list_(pa.int32())),
            }
        ),
    )
    con.execute("create or replace temp table name_group as select * from name_group_given")
    con.unregister("name_group_given")


def fold(name: str) -> str:
    """Lower case, no accents, letters only; the same as `features.fold_sql`."""
    plain = unicodedata.normalize("NFD", name.lower().translate(_FOLDS))
    return "".join(letter for letter in plain if "a" <= letter <= "z")


def _groups() -> list[list[str]]:
    rows: list[list[str]] = []
    for path in sorted(_FOLDER.glob("*.csv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                formal, others = line.split(",")[:2]
                rows.append([fold(name) for name in (formal, *others.split())])
    return rows
