"""Which records of one group of linked records contradict one another."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa

from kith.linkage.engine.clustering import Ints
from kith.linkage.engine.contradictions import (
    BOTH_ESTABLISHED,
    NAMES_UNFIT,
    NUMBERS_DIFFER,
    SAME_NUMBER,
    SAME_PERSON_SHOWN,
    TWO_PEOPLE_SHOWN,
)
from kith.linkage.engine.learned_names import SHOWN_TO_BE_ONE


def conflicts_within(
    con: duckdb.DuckDBPyConnection, label: Ints, features: str = "features", numbers: Ints | None = None
) -> list[tuple[int, int]]:
    """Pairs of record numbers of one group that cannot be one person.

    `label` is the group of each record of `numbers` (0, 1, 2... unless said): the smallest record number in it.

    Two odd first names are excused within a group where a pair that bears them shares a number or a middle name, or
    a third name fits both (a slip of a nickname), and within all groups where the records show them to be one name.
    """
    _doubtful_pairs(con, label, features, np.arange(len(label)) if numbers is None else numbers)
    _excused_names(con)
    return con.execute("""select l, r from odd left join excused using (label, one, other)
        where numbers_differ or unfit and excused.label is null order by l, r""").fetchall()


def _doubtful_pairs(con: duckdb.DuckDBPyConnection, label: Ints, features: str, numbers: Ints) -> None:
    """Table odd: pairs of one group with two first names or two numbers, and what they show."""
    con.register("label_given", pa.table({"n": numbers.astype(np.int32), "label": label.astype(np.int32)}))
    con.execute(f"""create or replace temp table doubtful as
        with grouped as (
            select label, n from label_given where label in (select label from label_given where n <> label)),
        mixed as (
            select label from grouped join {features} using (n) group by label
            having min(first) <> max(first) or min(nhs) <> max(nhs) or min(upn) <> max(upn))
        select label, f.n, first, last, givens, spellings, middle, first_sound, tf_first, dob, birth_year, month_day,
            sex, nhs, upn
        from grouped semi join mixed using (label) join {features} f using (n)""")
    con.unregister("label_given")
    con.execute(f"""create or replace temp table odd as
        select L.label, L.n as l, R.n as r, {NAMES_UNFIT} as unfit, {NUMBERS_DIFFER} as numbers_differ,
            L.dob = R.dob as same_date, {SAME_NUMBER} as same_number, {SAME_PERSON_SHOWN} as shown_same,
            {TWO_PEOPLE_SHOWN} as shown_apart, not {BOTH_ESTABLISHED} as rare,
            least(L.first, R.first) as one, greatest(L.first, R.first) as other
        from doubtful L join doubtful R on L.label = R.label and L.n < R.n
        where L.first <> R.first or L.nhs <> R.nhs or L.upn <> R.upn""")


def _excused_names(con: duckdb.DuckDBPyConnection) -> None:
    """Table excused: per group, the pairs of odd first names that are held to be one person's after all."""
    con.execute("""create or replace temp table name_pairs as
        select label, one, other, bool_or(unfit) as unfit, bool_or(not unfit) as fit, bool_or(shown_same) as same,
            bool_or(shown_apart) as apart, bool_and(rare) as rare, bool_or(same_number and same_date) as same_number,
            bool_or(same_date) as same_date
        from odd where one <> other group by label, one, other""")
    con.execute(f"""create or replace temp table shown as
        select one, other from name_pairs where unfit and same_date and length(one) > 1 and length(other) > 1
        group by one, other
        having {
        SHOWN_TO_BE_ONE.format(
            families="count(*)", same="count(*) filter (same_number)", apart="count(*) filter (apart)"
        )
    }""")
    con.execute("""create or replace temp table excused as
        with ties as (
            select label, one as a, other as b from name_pairs where fit and not apart
            union all select label, other, one from name_pairs where fit and not apart),
        bridged as (
            select distinct label, one, other from name_pairs join ties x using (label)
            join ties y on y.label = name_pairs.label and y.a = x.b
            where name_pairs.unfit and name_pairs.rare and x.a = one and y.b = other and length(x.b) >= 3)
        select label, one, other from name_pairs
        left join bridged using (label, one, other) left join shown using (one, other)
        where unfit and not apart and (fit or same or bridged.label is not null or shown.one is not null)""")
