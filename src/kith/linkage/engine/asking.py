"""Which unsure pairs a person is asked about: not those of two groups that the rules show to be two people."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa

from kith.linkage.engine.clustering import Bools, Ints
from kith.linkage.engine.contradictions import SEEN_BETWEEN, TWO_PEOPLE


def two_people(
    con: duckdb.DuckDBPyConnection,
    left: Ints,
    right: Ints,
    label: Ints,
    features: str = "features",
    numbers: Ints | None = None,
) -> Bools:
    """For each pair of places in `label`, whether their two groups are shown to be two people.

    `label` is the group of each record of `numbers` (0, 1, 2... unless said). The rules: `contradictions.TWO_PEOPLE`.
    """
    one, other = np.minimum(label[left], label[right]), np.maximum(label[left], label[right])
    doubtful = np.flatnonzero(one != other)
    found = np.zeros(len(left), dtype=bool)
    if len(doubtful):
        groups, which = np.unique(np.stack([one[doubtful], other[doubtful]]), axis=1, return_inverse=True)
        members = np.flatnonzero(np.isin(label, groups))
        given = members if numbers is None else numbers[members]
        shown = _shown(con, groups, pa.table({"label": label[members], "n": given.astype(np.int32)}), features)
        found[doubtful] = shown[np.ravel(which)]
    return found


def _shown(con: duckdb.DuckDBPyConnection, groups: Ints, members: pa.Table, features: str) -> Bools:
    """For each column of `groups` (two labels), whether `TWO_PEOPLE` holds between their members."""
    con.register("asked_given", pa.table({"asked": np.arange(groups.shape[1]), "one": groups[0], "other": groups[1]}))
    con.register("members_given", members)
    seen = ", ".join(f"{sql} as {name}" for name, sql in SEEN_BETWEEN.items())
    rows = con.execute(f"""
        with sides as materialized (select m.label, f.* from members_given m join {features} f using (n)),
        between as (
            select asked, {seen} from asked_given a join sides L on L.label = a.one join sides R on R.label = a.other
            group by asked)
        select coalesce({TWO_PEOPLE}, false) as two from between order by asked""").fetchnumpy()["two"]
    con.unregister("asked_given")
    con.unregister("members_given")
    return np.asarray(rows, dtype=bool)
