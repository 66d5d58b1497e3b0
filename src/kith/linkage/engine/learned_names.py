"""Learn forms of a name that no list holds, from the records themselves.

Where records with one valid NHS or school number and one birth date bear two first names, the names are forms of
one name; where such pairs of names also meet with two different numbers, they are twins' names. What was learned is
kept in the model, where anyone can read it.
"""

from __future__ import annotations

import duckdb

from kith.linkage.engine.contradictions import NAMES_UNFIT

FAMILIES = 3
"""Birth dates on which an odd pair of names must meet, with no number against it, to be held for one name."""


SHOWN_TO_BE_ONE = "({same} >= 1 and {same} > 3 * {apart} or {families} >= " + str(FAMILIES) + " and {apart} = 0)"


def learn_names(con: duckdb.DuckDBPyConnection, pairs: str, features: str) -> tuple[tuple[str, str], ...]:
    """Pairs of folded first names shown to be one name by the likely `pairs` (l, r), in alphabetical order."""
    rows = con.execute(f"""
        with odd as (
            select least(L.first, R.first) as one, greatest(L.first, R.first) as other, L.dob as dob,
                coalesce(L.nhs = R.nhs, false) or coalesce(L.upn = R.upn, false) as same_number,
                coalesce(L.nhs <> R.nhs, false) or coalesce(L.upn <> R.upn, false)
                    or coalesce(L.sex <> R.sex, false) as apart
            from {pairs} p join {features} L on L.n = p.l join {features} R on R.n = p.r
            where L.dob = R.dob and length(L.first) > 1 and length(R.first) > 1 and {NAMES_UNFIT}),
        counted as (
            select one, other, count(distinct dob) as families,
                count(distinct dob) filter (same_number) as same, count(distinct dob) filter (apart) as apart
            from odd group by one, other)
        select one, other from counted
        where {SHOWN_TO_BE_ONE.format(families="families", same="same", apart="apart")}
        order by one, other""").fetchall()
    return tuple((str(one), str(other)) for one, other in rows)
