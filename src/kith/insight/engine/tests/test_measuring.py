"""Counting held to plain Python that was written apart: every kind, window and group, whatever the rows."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from shutil import which
from statistics import median
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.insight.engine import measuring
from kith.insight.engine.children import Children
from kith.insight.engine.cutting import write_star
from kith.insight.engine.rows import NO_ROWS, Rows, rows_of
from kith.insight.engine.sparking import Spark
from kith.insight.engine.tallying import tally
from kith.insight.engine.windows import Windows
from kith.insight.rules.measures import MeasureKind, measures
from kith.insight.rules.periods import Month, Window, read, twelve_months, year
from tests.support.small_cut import small_star, table

AS_AT = date(2026, 11, 20)
EARLIER = timedelta(days=200)
PEOPLE = {"ann": 0, "bob": 1}
KNOWN = Children(len(PEOPLE), np.full(3, -1), {}, {})
ROWS = st.lists(
    st.tuples(
        st.integers(0, 1200), st.sampled_from(["", "ann", "bob", "cat"]), st.integers(0, 5), st.booleans(),
        st.sampled_from([None, 1.0, 2.5, 40.0]), st.sampled_from(["", "police", "school"]),
    ),
    max_size=60,
)  # fmt: skip


def in_order(rows: list[Any]) -> list[Any]:
    """By their days; those of one day by agency, and then by value, none first."""
    told = ((AS_AT - timedelta(days=ago), *rest) for ago, *rest in rows)
    return sorted(told, key=lambda row: (row[0], row[5], -1 if row[4] is None else row[4]))


def told_of(rows: list[Any], *, since: bool) -> Rows:
    """As an engine answers: two children are among the people, a third is a stranger."""
    told = list(reversed(in_order(rows)))  # the tally puts them in order
    frame = pl.DataFrame(
        {
            "measure": [0] * len(told),
            "thing": [thing for _, _, thing, *_ in told],
            "number": [PEOPLE.get(child, -1) for _, child, *_ in told],
            "stranger": [child if child not in PEOPLE else None for _, child, *_ in told],
            "day": [day for day, *_ in told],
            "met": [met for *_, met, _, _ in told],
            "value": [value for *_, value, _ in told],
            "agency": [agency for *_, agency in told],
            "since": [day - EARLIER if met else None for day, _, _, met, *_ in told],
            "ended": [None] * len(told),
            "locality": [None] * len(told),
            "needs_since": [since] * len(told),
        },
        schema={"measure": pl.Int16, "thing": pl.Int64, "number": pl.Int32, "stranger": pl.String, "day": pl.Date,
                "met": pl.Boolean, "value": pl.Float64, "agency": pl.String, "since": pl.Date, "ended": pl.Date,
                "locality": pl.String, "needs_since": pl.Boolean},
    )  # fmt: skip
    return rows_of(frame, KNOWN).get(0, NO_ROWS)


def by_hand(rows: list[Any], window: Window, kind: MeasureKind, *, since: bool) -> dict[str, dict[str, list[Any]]]:
    """The same numbers, by looking at every row of every thing."""
    things: dict[Any, list[Any]] = defaultdict(list)
    for day, *rest in in_order(rows):
        if day in window and (not since or (rest[2] and day - EARLIER >= window.begins)):
            things[rest[1], rest[0]].append((day, *rest))
    groups: dict[str, list[list[Any]]] = {"all": list(things.values())}
    for told in things.values():
        groups.setdefault("agency " + told[-1][5], []).append(told)
    return {name: _numbers(members, kind) for name, members in groups.items()}


def _numbers(things: list[list[Any]], kind: MeasureKind) -> list[Any]:
    children = {told[-1][1] for told in things} - {""}
    met = sum(any(row[3] for row in told) for told in things) if kind is MeasureKind.SHARE else None
    values = [told[-1][4] for told in things if told[-1][4] is not None] if kind is MeasureKind.MEDIAN else []
    return [len(things), len(children), met, round(median(values), 4) if values else None]


@settings(max_examples=300, deadline=None)
@given(ROWS, st.sampled_from([MeasureKind.COUNT, MeasureKind.SHARE, MeasureKind.MEDIAN]), st.booleans())
def test_the_tally_is_what_a_person_would_count(rows: list[Any], kind: MeasureKind, since: bool) -> None:
    asked = {twelve_months(Month(2026, 10)): False, year(Month(2026, 3)): True, twelve_months(Month(2025, 6)): True}
    found = tally(told_of(rows, since=since), kind, ["agency"], Windows.of(asked), KNOWN)
    for window, by_group in asked.items():
        hand = by_hand(rows, window, kind, since=since)
        assert found[window.key][""][""] == hand.pop("all")
        grouped = {f"agency {group}": numbers for group, numbers in found[window.key].get("agency", {}).items()}
        assert grouped == (hand if by_group else {})


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cut")
    write_star(folder, small_star(), AS_AT)
    return folder


def figures(folder: Path, key: str) -> dict[str, Any]:
    found: dict[str, Any] = measuring.count(measuring.Duck(folder), measures()[key], AS_AT)["windows"]
    return found


NOW_12, BEFORE_12 = "twelve-months:2025-11:2026-10", "twelve-months:2024-11:2025-10"


def test_children_reported_more_than_once_have_two_reports_in_the_same_period(small: Path) -> None:
    told = small_star()["accounts"].filter(pl.col("agency_kind") == "police")
    for key in (NOW_12, BEFORE_12):
        window = read(key)
        inside = told.filter(pl.col("day").is_between(window.begins, window.after, closed="left"))
        twice = inside.group_by("child").len().filter(pl.col("len") > 1)
        assert figures(small, "repeat-missing-children")[key][""][""][0] == len(twice) > 20
        assert figures(small, "missing-children")[key][""][""][0] == inside["child"].n_unique()
        assert figures(small, "missing-reports")[key][""][""][0] == len(inside)


def test_a_child_is_in_the_group_that_was_true_on_the_day(tmp_path: Path) -> None:
    star = {**small_star()}
    star["people"] = table("people", [{"child": "ann", "is_child": True, "born": date(2010, 5, 1), "sex": "F"}])
    star["spells"] = table("spells", [{"child": "ann", "kind": "in-care", "began": date(2025, 6, 1),
                                       "ended": date(2025, 9, 1)}])  # fmt: skip
    days = (date(2025, 5, 31), date(2025, 6, 1), date(2025, 8, 31), date(2025, 9, 1), date(2026, 3, 31))
    event = {"child": "ann", "is_child": True, "kind": "suspension"}
    star["events"] = table("events", [{**event, "event": number, "day": day} for number, day in enumerate(days)])
    write_star(tmp_path, star, AS_AT)
    found = figures(tmp_path, "suspensions")["year:2025-04:2026-03"]
    assert {group: numbers[0] for group, numbers in found["care"].items()} == {"": 3, "in care": 2}
    assert found["age"] == {"13-15": [5, 1, None, None]}


def test_what_stands_open_is_counted_on_the_last_day(tmp_path: Path) -> None:
    star = {**small_star()}
    spans = [("a", date(2020, 1, 1), None), ("b", date(2025, 1, 1), date(2026, 9, 30)), ("c", date(2026, 10, 31), None),
             ("d", date(2026, 11, 1), None), ("e", date(2026, 1, 1), date(2026, 11, 5))]  # fmt: skip
    star["spells"] = table("spells", [{"child": c, "kind": "in-care", "began": b, "ended": e} for c, b, e in spans])
    write_star(tmp_path, star, AS_AT)
    found = figures(tmp_path, "in-care-open")
    assert found["month:2026-10:2026-10"][""][""][0] == 3
    assert found["month:2026-08:2026-08"][""][""][0] == 3
    assert found["month:2026-09:2026-09"][""][""][0] == 2


def test_every_measure_answers_on_an_empty_cut(tmp_path: Path) -> None:
    write_star(tmp_path, {name: frame.clear() for name, frame in small_star().items()}, AS_AT)
    engine = measuring.Duck(tmp_path)
    chosen = list(measures().values())
    for measure, told in zip(chosen, measuring.count_all(engine, chosen, AS_AT), strict=True):
        found = told["windows"]
        assert found[NOW_12] == {"": {"": [0, 0, 0 if measure.kind is MeasureKind.SHARE else None, None]}}


def test_where_things_are_counted_in_words_the_things_are_children(small: Path) -> None:
    engine = measuring.Duck(small)
    for measure in measures().values():
        if engine.columns(measure.sql)["counted"]:
            others = engine.frame(f"select * from ({measure.sql}) asked where counted <> child")
            assert not len(others), measure.key


COUNTED_ON_BOTH = ("missing-reports", "repeat-missing-children", "re-referrals", "conversations-in-time",
                   "absence-hours", "in-care-open", "exclusion-and-exploitation")  # fmt: skip


def test_spark_understands_every_measure_and_counts_the_same(small: Path) -> None:
    """All are read by Spark; of each kind some are counted on both, which takes Spark a second each."""
    pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
    if not which("java"):
        pytest.skip("Spark needs Java 17, and there is none")
    duck, spark = measuring.Duck(small), Spark(small)
    for measure in measures().values():
        assert {"counted", "child"} <= set(spark.columns(measure.sql)), measure.key
    chosen = [measures()[key] for key in COUNTED_ON_BOTH]
    for ours, theirs in zip(
        measuring.count_all(spark, chosen, AS_AT), measuring.count_all(duck, chosen, AS_AT), strict=True
    ):
        assert ours == theirs, ours["measure"]


def test_an_older_cut_is_counted_again_as_far_as_it_goes(tmp_path: Path) -> None:
    """Of measures newer than the cut there is nothing to compare; one that asks for a newer column is different."""
    write_star(tmp_path, small_star(), AS_AT)
    (tmp_path / "manifest.json").write_text('{"as_at": "2026-11-20"}')
    counted = measuring.write_figures(tmp_path, AS_AT)
    (tmp_path / "figures" / "contacts.json").unlink()
    pl.read_parquet(tmp_path / "checks.parquet").drop("in_time").write_parquet(tmp_path / "checks.parquet")
    again = measuring.count_again(tmp_path)
    assert (again.counted, again.different) == (counted - 1, ("checks-in-time",))


def test_a_measure_that_asks_for_what_a_cut_lacks_is_named(tmp_path: Path) -> None:
    write_star(tmp_path, small_star(), AS_AT)
    pl.read_parquet(tmp_path / "checks.parquet").drop("in_time").write_parquet(tmp_path / "checks.parquet")
    with pytest.raises(ValueError, match="checks-in-time asks for what the cut lacks"):
        measuring.write_figures(tmp_path, AS_AT)
