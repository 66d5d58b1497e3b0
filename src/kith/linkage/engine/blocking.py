"""Which pairs are worth comparing: a pair is looked at when it shares at least one key.

Each rule is one 64-bit key per record, null where a part is missing. Keys are narrow on purpose: a rule that
brings millions of pairs of strangers together costs more than the few matches it alone would find.
"""

from __future__ import annotations

import duckdb

BIGGEST_BLOCK = 300
"""Records that may share one key. A larger block is a placeholder, not a person, and is not compared."""

RULES: dict[str, tuple[str, ...]] = {
    "nhs": ("nhs",),
    "upn": ("upn",),
    "date_surname": ("dob", "last_sound"),
    "date_first": ("dob", "first_sound"),
    "date_home": ("dob", "postcode"),
    "name_year": ("first", "last", "birth_year"),
    "name_day": ("first", "last", "month_day"),
    "name_district": ("first", "last", "district"),
    "home_first": ("postcode", "first_sound"),
    "date_swapped": ("dob", "least(first, last)", "greatest(first, last)"),
    "phone_first": ("phone", "left(first, 2)"),
}
KEYS = tuple(f"key_{name}" for name in RULES)


def block_columns() -> dict[str, str]:
    """SQL for each key, by column name; the parts are columns of the features."""
    return {f"key_{name}": _key_sql(parts) for name, parts in RULES.items()}


def _key_sql(parts: tuple[str, ...]) -> str:
    present = " and ".join(f"{part} is not null" for part in parts)
    return f"case when {present} then hash({', '.join(parts)}) end"


def drop_giant_blocks(con: duckdb.DuckDBPyConnection, features: str, *, biggest: int = BIGGEST_BLOCK) -> None:
    """Set aside the keys shared by too many records, in one table `giant_keys` read by `pairs_sql`."""
    con.execute("create or replace temp table giant_keys (rule varchar, key ubigint)")
    for key in KEYS:
        con.execute(
            f"insert into giant_keys select '{key}', {key} from {features} where {key} is not null"
            f" group by {key} having count(*) > {biggest}"
        )
        if con.execute(f"select count(*) from giant_keys where rule = '{key}'").fetchall() != [(0,)]:
            con.execute(
                f"update {features} set {key} = null where {key} in (select key from giant_keys where rule = '{key}')"
            )


def pairs_sql(left: str, right: str, *, order: str = "l.n < r.n") -> str:
    """Every pair that shares a key, once: a rule leaves out the pairs that an earlier rule already found."""
    selects = []
    for place, key in enumerate(KEYS):
        earlier = "".join(f" and (l.{k} <> r.{k} or l.{k} is null or r.{k} is null)" for k in KEYS[:place])
        selects.append(
            f"select l.n as l, r.n as r from {left} l join {right} r on l.{key} = r.{key} where {order}{earlier}"
        )
    return "\nunion all\n".join(selects)
