"""The plain Python forms of features, scores and contradictions say what the SQL says."""

from __future__ import annotations

import duckdb
import numpy as np
import pytest

from kith.linkage.benches.synthetic import make_records
from kith.linkage.engine import default_model
from kith.linkage.engine.asking import two_people
from kith.linkage.engine.comparisons import COMPARISONS, CORROBORATED, DETAILS_GIVEN, level_number_sql
from kith.linkage.engine.conflicts import conflicts_within
from kith.linkage.engine.contradictions import NAMES_UNFIT
from kith.linkage.engine.features import build_features, build_names, build_spellings, prepare
from kith.linkage.engine.plain import (
    COLUMNS,
    Features,
    Plain,
    conflicts,
    corroborated,
    details_given,
    levels,
    names_unfit,
)
from kith.linkage.engine.plain import two_people as plainly_two
from kith.linkage.engine.records import read_records
from kith.linkage.engine.scoring import scored_sql

SIZE = 2_000


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    made = duckdb.connect()
    read_records(made, make_records(SIZE, seed=14).records, "records")
    prepare(made, default_model())
    build_names(made, "records", "names")
    build_spellings(made, "names")
    build_features(made, "records", "names", "features")
    made.execute("""create table candidates as select distinct l.n as l, r.n as r from features l join features r
        on (l.dob = r.dob or l.first = r.first or l.last_sound = r.last_sound or l.postcode = r.postcode)
        and l.n < r.n and r.n - l.n < 600""")
    return made


def from_sql(con: duckdb.DuckDBPyConnection) -> list[Features]:
    return [Features(*row) for row in con.execute(f"select {', '.join(COLUMNS)} from features order by n").fetchall()]


def settled(features: Features) -> tuple[object, ...]:
    return tuple((tuple(sorted(set(value))) or None) if isinstance(value, list) else value for value in features)


def test_features_are_the_same(con: duckdb.DuckDBPyConnection) -> None:
    plain = Plain(default_model())
    given = con.sql("select * from records order by n").to_arrow_table().to_pylist()
    for record, expected in zip(given, from_sql(con), strict=True):
        assert settled(plain.features(record)) == settled(expected), record


def test_levels_weights_and_contradictions_are_the_same(con: duckdb.DuckDBPyConnection) -> None:
    rows, plain = from_sql(con), Plain(default_model())
    numbers = ", ".join(level_number_sql(comparison) for comparison in COMPARISONS)
    found = con.execute(f"""select p.l, p.r, {CORROBORATED}, {NAMES_UNFIT}, {numbers} from candidates p
        join features L on L.n = p.l join features R on R.n = p.r""").fetchall()
    weights = {
        (left, right): weight
        for left, right, weight, _ in con.execute(
            scored_sql(default_model(), "candidates", "features", "features", lowest=-200.0)
        ).fetchall()
    }
    assert len(found) > 5_000
    for left, right, held, unfit, *expected in found:
        one, other = rows[left], rows[right]
        assert levels(one, other) == tuple(expected), (one, other)
        assert corroborated(one, other) == held
        assert names_unfit(one, other) == bool(unfit)
        assert plain.weight(one, other) == pytest.approx(float(weights[left, right]), abs=1e-9)
    given = con.execute(f"select {DETAILS_GIVEN} from features order by n").fetchall()
    assert [details_given(row) for row in rows] == [bits for (bits,) in given]


def test_conflicts_within_groups_are_the_same(con: duckdb.DuckDBPyConnection) -> None:
    rows = from_sql(con)
    groups = (
        con.execute("""select n, coalesce(min(n) over (partition by dob, last_sound), n) as label from features
        order by n""")
        .fetchnumpy()["label"]
        .astype(np.int64)
    )
    expected = conflicts_within(con, groups)
    assert len(expected) > 50
    shown = {
        tuple(sorted((rows[a].first or "", rows[b].first or "")))
        for a, b in con.execute("select l, r from odd join shown using (one, other)").fetchall()
    }
    ours = [
        pair
        for pair in conflicts(rows, groups.tolist())
        if tuple(sorted((rows[pair[0]].first or "", rows[pair[1]].first or ""))) not in shown
    ]
    theirs = [
        pair for pair in expected if tuple(sorted((rows[pair[0]].first or "", rows[pair[1]].first or ""))) not in shown
    ]
    assert sorted(ours) == sorted(theirs)


def test_who_is_shown_to_be_two_people_is_the_same(con: duckdb.DuckDBPyConnection) -> None:
    """Groups: records of one birth date, surname and first letter; pairs: any two records of one date."""
    rows = from_sql(con)
    label = (
        con.execute("select coalesce(min(n) over (partition by dob, last, left(first, 1)), n) as label"
                    " from features order by n").fetchnumpy()["label"].astype(np.int64)
    )  # fmt: skip
    pairs = con.execute("""select l.n, r.n from features l join features r on l.n < r.n
        and (l.dob = r.dob or l.postcode = r.postcode) order by all""").fetchall()
    left, right = np.array(pairs, dtype=np.int64).T
    found = two_people(con, left, right, label)
    assert found.tolist() == plainly_two(rows, pairs, label.tolist())
    assert 50 < found.sum() < len(pairs) - 50
