"""Tonight's delivery against what is already linked: as good as linking all again, remembered only when asked."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from kith.linkage.benches.synthetic import Truth, make_records
from kith.linkage.engine import Index, Linked, default_model, link, link_new

NEW = 150


@pytest.fixture(scope="module")
def truth() -> Truth:
    return make_records(4_000, seed=12)


@pytest.fixture(scope="module")
def parts(truth: Truth) -> tuple[pa.Table, pa.Table]:
    return truth.records.slice(0, 4_000 - NEW), truth.records.slice(4_000 - NEW)


@pytest.fixture(scope="module")
def base_linked(parts: tuple[pa.Table, pa.Table]) -> Linked:
    return link(parts[0], model=default_model())


def clusters(linked: Linked) -> dict[str, str]:
    return dict(zip(linked.clusters["record_id"].to_pylist(), linked.clusters["cluster_id"].to_pylist(), strict=True))


def test_new_records_join_the_people_that_a_full_linking_gives_them(
    truth: Truth, parts: tuple[pa.Table, pa.Table], base_linked: Linked
) -> None:
    base, new = parts
    arrived = link_new(new, base, model=default_model(), base_clusters=base_linked.clusters)
    person = dict(zip(truth.records["record_id"].to_pylist(), truth.person.tolist(), strict=True))
    found, whole = clusters(arrived), clusters(link(truth.records, model=default_model()))
    assert set(new["record_id"].to_pylist()) <= set(found)
    right = sum(person[found[r]] == person[r] for r in new["record_id"].to_pylist())
    assert right >= NEW * 0.98
    agree = sum((found[r] == r) == (whole[r] == r) for r in new["record_id"].to_pylist())
    assert agree >= NEW * 0.95


def test_standing_clusters_stay_whole(parts: tuple[pa.Table, pa.Table], base_linked: Linked) -> None:
    base, new = parts
    before, after = (
        clusters(base_linked),
        clusters(link_new(new, base, model=default_model(), base_clusters=base_linked.clusters)),
    )
    moved: dict[str, set[str]] = {}
    for record_id, cluster_id in after.items():
        if record_id in before:
            moved.setdefault(before[record_id], set()).add(cluster_id)
    assert all(len(now) == 1 for now in moved.values())


def test_an_index_remembers_only_what_it_is_told_to_keep(
    parts: tuple[pa.Table, pa.Table], base_linked: Linked, tmp_path: Path
) -> None:
    base, new = parts
    Index.build(base, base_linked.clusters, model=default_model(), folder=tmp_path).close()
    with Index.open(tmp_path) as index:
        first = index.link(new)
        assert len(index) == base.num_rows
        assert clusters(index.link(new, keep=True)) == clusters(first)
        assert len(index) == base.num_rows + NEW
    with Index.open(tmp_path) as index:
        again = index.link(new.slice(0, 5), keep=True)
        assert len(index) == base.num_rows + NEW
        assert {r: clusters(first)[r] for r in new["record_id"].to_pylist()[:5]} == {
            r: clusters(again)[r] for r in new["record_id"].to_pylist()[:5]
        }


def test_every_indexed_record_keeps_one_cluster(parts: tuple[pa.Table, pa.Table], base_linked: Linked) -> None:
    base, new = parts
    with Index.build(base, base_linked.clusters, model=default_model()) as index:
        index.link(new.slice(0, 60), keep=True)
        index.link(new.slice(40, 60), keep=True)
        everyone = [*base["record_id"].to_pylist(), *new["record_id"].to_pylist()[:100]]
        held = index.clusters_of(everyone)
        assert sorted(name for name, _ in held) == sorted(everyone)
        assert len(index) == len(everyone)


def test_judgements_hold_for_new_records(parts: tuple[pa.Table, pa.Table], base_linked: Linked) -> None:
    base, new = parts
    free = link_new(new, base, model=default_model(), base_clusters=base_linked.clusters)
    row = next(row for row in free.pairs.to_pylist() if row["outcome"] == "same")
    different = pa.Table.from_pylist([{"left_id": row["left_id"], "right_id": row["right_id"], "verdict": "different"}])
    held = clusters(
        link_new(new, base, model=default_model(), base_clusters=base_linked.clusters, judgements=different)
    )
    assert held.get(row["left_id"]) != held[row["right_id"]]
    stranger = base["record_id"].to_pylist()[0]
    same = pa.Table.from_pylist([{"left_id": stranger, "right_id": row["right_id"], "verdict": "same"}])
    joined = clusters(link_new(new, base, model=default_model(), base_clusters=base_linked.clusters, judgements=same))
    assert joined[stranger] == joined[row["right_id"]]


def test_a_judgement_takes_a_standing_cluster_apart(parts: tuple[pa.Table, pa.Table], base_linked: Linked) -> None:
    base, new = parts
    row = next(row for row in base_linked.pairs.to_pylist() if row["outcome"] == "same")
    different = pa.Table.from_pylist([{"left_id": row["left_id"], "right_id": row["right_id"], "verdict": "different"}])
    with Index.build(base, base_linked.clusters, model=default_model()) as index:
        index.link(new.slice(0, 1), judgements=different, keep=True)
        kept = dict(index.clusters_of([row["left_id"], row["right_id"]]))
    assert kept[row["left_id"]] != kept[row["right_id"]]


def test_one_record_the_short_way_is_as_good_as_the_long_way(
    parts: tuple[pa.Table, pa.Table], base_linked: Linked
) -> None:
    base, new = parts
    nobody = pa.Table.from_pylist([{"left_id": "x", "right_id": "y", "verdict": "same"}])
    with Index.build(base, base_linked.clusters, model=default_model()) as index:
        for at in range(40):
            short, long = index.link(new.slice(at, 1)), index.link(new.slice(at, 1), judgements=nobody)
            assert sorted(clusters(short).items()) == sorted(clusters(long).items())
            assert sorted(row["left_id"] for row in short.pairs.to_pylist()) == sorted(
                row["left_id"] for row in long.pairs.to_pylist()
            )
