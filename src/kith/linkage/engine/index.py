"""Records already linked, kept ready so that tonight's delivery is compared with a million of them in moments.

An index is one DuckDB file (or memory) and its model: the features, every key of every record in order of key, and
the cluster of each record. `link` compares new records with it; with `keep` they become part of it.
"""

from __future__ import annotations

import time
from pathlib import Path
from types import TracebackType

import duckdb
import numpy as np
import pyarrow as pa

from kith.linkage.engine.asking import two_people
from kith.linkage.engine.blocking import BIGGEST_BLOCK, KEYS, drop_giant_blocks, pairs_sql
from kith.linkage.engine.clustering import Edges, Ints, group, with_certain
from kith.linkage.engine.comparisons import DETAILS_GIVEN
from kith.linkage.engine.conflicts import conflicts_within
from kith.linkage.engine.database import connect
from kith.linkage.engine.features import build_features, build_names, build_spellings, prepare
from kith.linkage.engine.judgements import Judged
from kith.linkage.engine.linking import judged_numbers
from kith.linkage.engine.model import Model, default_model
from kith.linkage.engine.near import Near, chained, linked_near
from kith.linkage.engine.plain import COLUMNS
from kith.linkage.engine.records import Records, read_records
from kith.linkage.engine.results import Linked
from kith.linkage.engine.scoring import scored_sql, weight_of
from kith.linkage.engine.single import Single

_BODY = f"to_json([{', '.join(f'to_json({name})' for name in COLUMNS)}])::varchar"
_NEAR = ", ".join(("n", "record_id", *COLUMNS))
FILE, MODEL = "index.duckdb", "model.json"


class Index:
    """Linked records and their keys. Use as a context manager, or call `close`."""

    def __init__(self, con: duckdb.DuckDBPyConnection, model: Model, folder: Path | None = None) -> None:
        self._con, self.model, self._folder = con, model, folder
        self._scored = scored_sql(model, "candidates", "near", "near", lowest=weight_of(model.thresholds.unsure))
        self._single: Single | None = None
        prepare(con, model)

    @classmethod
    def build(
        cls, records: Records, clusters: pa.Table, *, model: Model | None = None, folder: Path | str | None = None
    ) -> Index:
        """Index `records` with the clusters that `link` gave them; kept in `folder`, or in memory without one."""
        model = model or default_model()
        con = connect(_new_file(folder, model) if folder else ":memory:")
        index = cls(con, model, Path(folder) if folder else None)
        read_records(con, records, "records")
        build_names(con, "records", "names")
        build_spellings(con, "names")
        build_features(con, "records", "names", "base")
        con.execute("drop table records; drop table names")
        con.execute("create table keys (rule utinyint, key ubigint, n integer)")
        drop_giant_blocks(con, "base")
        index._add_keys("base")
        con.register("clusters_given", clusters)
        con.execute("""create table labels as select n, cluster_id from base
            join clusters_given using (record_id) order by n""")
        con.unregister("clusters_given")
        con.execute(f"create table bodies as select n, {_BODY} as body from base order by n")
        return index

    @classmethod
    def open(cls, folder: Path | str) -> Index:
        """The index that `build` left in `folder`."""
        return cls(connect(Path(folder) / FILE), Model.load(Path(folder) / MODEL), Path(folder))

    def close(self) -> None:
        """Let the file go."""
        self._con.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __len__(self) -> int:
        return int(self._con.execute("select count(*) from base").fetchall()[0][0])

    def link(self, new: Records, *, judgements: pa.Table | None = None, keep: bool = False) -> Linked:
        """Link new records with the indexed ones and with each other.

        A new record takes the place of an indexed one of the same record_id. `pairs` are those with a new record;
        `clusters` every record of the clusters that hold one. With `keep` the index remembers them.
        """
        started = time.perf_counter()
        if not keep and judgements is None and isinstance(new, pa.Table) and new.num_rows == 1:
            linked = self._link_one(new)
            if linked is not None:
                linked.report.seconds["linking"] = time.perf_counter() - started
                return linked
        self._con.execute("begin")
        try:
            linked = self._link(new, judgements)
            if keep:
                self._keep(linked)
        except BaseException:
            self._con.execute("rollback")
            raise
        self._con.execute("commit" if keep else "rollback")
        linked.report.seconds["linking"] = time.perf_counter() - started
        return linked

    def _link_one(self, new: pa.Table) -> Linked | None:
        """One record that is not here yet, in milliseconds; None where the long way is needed."""
        if self._single is None:
            self._single = Single(self._con, self.model, self._folder)
        return self._single.link(new.to_pylist()[0])

    def _link(self, new: Records, judgements: pa.Table | None) -> Linked:
        started = time.perf_counter()
        first = self._con.execute("select coalesce(max(n) + 1, 0) from base").fetchall()[0][0]
        count = read_records(self._con, new, "arrived", first_number=first)
        build_names(self._con, "arrived", "arrived_names")
        build_spellings(self._con, "arrived_names")
        build_features(self._con, "arrived", "arrived_names", "arrived_features")
        self._drop_replaced()
        self._rename_labels(first)
        self._find_candidates()
        self._gather_near(judgements)
        judged = judged_numbers(self._con, judgements, "near")
        broken = self._take_apart(judged)
        rows = self._con.execute(self._scored).fetchnumpy()
        compared = time.perf_counter()
        linked = self._clustered(rows, first, count, judged, broken)
        linked.report.seconds.update(comparing=compared - started, grouping=time.perf_counter() - compared)
        return linked

    def _drop_replaced(self) -> None:
        replaced = self._con.execute(
            "select b.n from base b semi join arrived a on a.record_id = b.record_id"
        ).fetchall()
        if replaced:
            for table in ("base", "keys", "labels", "bodies"):
                self._con.execute(f"delete from {table} where n in (select unnest(?))", [[n for (n,) in replaced]])

    def _rename_labels(self, first: int) -> None:
        """A cluster named after a record that has arrived anew is renamed: the record may now belong elsewhere."""
        self._con.execute(
            """update labels set cluster_id = cluster_id || '+' || ?
            where cluster_id in (select record_id from arrived)""",
            [str(first)],
        )

    def _find_candidates(self) -> None:
        """Table candidates (l, r): indexed with new, then new with new."""
        arrived = " union all ".join(
            f"select {rule}::utinyint as rule, {key} as key, n as r from arrived_features where {key} is not null"
            for rule, key in enumerate(KEYS)
        )
        keys = self._con.execute(arrived).fetchnumpy()
        if len(keys["key"]) <= 200:
            found = self._looked_up(keys)
        else:
            self._con.register("arrived_keys", pa.table({name: keys[name] for name in ("rule", "key", "r")}))
            found = """select k.n as l, a.r, a.rule, a.key from keys k
                join arrived_keys a on a.key = k.key and a.rule = k.rule"""
        self._con.execute(f"""create or replace temp table candidates as
            select distinct l, r from ({found} qualify count(*) over (partition by a.r, a.rule) <= {BIGGEST_BLOCK})
            union all {pairs_sql("arrived_features", "arrived_features")}""")

    def _looked_up(self, keys: dict[str, np.ndarray]) -> str:
        """For a few keys: name them, so that only the blocks of the file that can hold them are read."""
        values = (
            ", ".join(
                f"({rule}::utinyint, {key}::ubigint, {r})"
                for rule, key, r in zip(keys["rule"].tolist(), keys["key"].tolist(), keys["r"].tolist(), strict=True)
            )
            or "(0::utinyint, 0::ubigint, -1)"
        )
        named = ", ".join(f"{key}::ubigint" for key in keys["key"].tolist()) or "0::ubigint"
        return f"""select k.n as l, a.r, a.rule, a.key from (select * from keys where key in ({named})) k
            join (values {values}) a(rule, key, r) on a.key = k.key and a.rule = k.rule"""

    def _gather_near(self, judgements: pa.Table | None) -> None:
        """Table near: the new records, and every record of every cluster that holds a candidate or is judged."""
        judged = ""
        if judgements is not None and judgements.num_rows:
            self._con.register("near_judged", judgements)
            judged = """ union select n from base where record_id in (
                select left_id from near_judged union all select right_id from near_judged)"""
        self._con.execute(f"""create or replace temp table near_labels as
            select n, cluster_id from labels where cluster_id in (
                select cluster_id from labels where n in (select l from candidates{judged}))""")
        self._con.execute(f"""create or replace temp table near as
            select {_NEAR} from base semi join near_labels using (n)
            union all by name select {_NEAR} from arrived_features""")

    def _take_apart(self, judged: Judged) -> set[str]:
        """Standing clusters that hold two records judged different: their own pairs are scored anew."""
        if not judged.never:
            return set()
        label = dict(self._con.execute("select n, cluster_id from near_labels").fetchall())
        broken = {label[a] for a, b in judged.never if a in label and label[a] == label.get(b)}
        self._con.execute(
            """insert into candidates select a.n, b.n from near_labels a join near_labels b
            on a.cluster_id = b.cluster_id and a.n < b.n where a.cluster_id in (select unnest(?))""",
            [sorted(broken)],
        )
        return broken

    def clusters_of(self, record_ids: list[str]) -> list[tuple[str, str]]:
        """(record_id, cluster_id) of indexed records."""
        return self._con.execute(
            """select record_id, cluster_id from base join labels using (n)
            where record_id in (select unnest(?)) order by n""",
            [record_ids],
        ).fetchall()

    def _clustered(
        self, rows: dict[str, np.ndarray], first: int, count: int, judged: Judged, broken: set[str]
    ) -> Linked:
        """Group the near records: the clusters they have stay whole, new records join them or stand alone."""
        near = self._con.execute(f"""select n, record_id, cluster_id, {DETAILS_GIVEN} as given
            from near left join near_labels using (n) order by n""").fetchall()
        place = {row[0]: at for at, row in enumerate(near)}
        near = [(n, name, None if held in broken else held, given) for n, name, held, given in near]
        chain = chained([row[2] for row in near])
        left = np.array([place[n] for n in rows["l"].tolist()], dtype=np.int64)
        right = np.array([place[n] for n in rows["r"].tolist()], dtype=np.int64)
        scored = Edges(left, right, rows["weight"].astype(np.float64), rows["corroborated"].astype(bool))
        strong = np.flatnonzero(scored.weight >= weight_of(self.model.thresholds.same))
        edges = Edges(left[strong], right[strong], scored.weight[strong], scored.corroborated[strong])
        judged = _by_place(judged, place)
        grouping = group(
            with_certain(edges, chain),
            np.array([row[3] for row in near], dtype=np.uint8),
            lambda label: self._conflicts(label, near, place),
            judged.never,
            judged.always,
        )
        numbers = np.array([row[0] for row in near], dtype=np.int64)
        two = two_people(self._con, left, right, grouping.label, "near", numbers)
        return linked_near(near, scored, strong, grouping.label, grouping.refused, judged, two, first, count)

    def _conflicts(self, label: Ints, near: list[Near], place: dict[int, int]) -> list[tuple[int, int]]:
        """Contradictions among the near records, but not within a cluster that already stands."""
        numbers = np.array([row[0] for row in near], dtype=np.int64)
        found = conflicts_within(self._con, numbers[label], "near", numbers)
        pairs = [(place[a], place[b]) for a, b in found]
        return [(a, b) for a, b in pairs if near[a][2] is None or near[a][2] != near[b][2]]

    def _keep(self, linked: Linked) -> None:
        self._con.execute("insert into base by name select * from arrived_features order by n")
        self._add_keys("arrived_features")
        self._con.execute(f"insert into bodies select n, {_BODY} from arrived_features order by n")
        self._single = None
        self._con.register("clusters_kept", linked.clusters)
        self._con.execute("""delete from labels where n in (
            select n from near join clusters_kept using (record_id))""")
        self._con.execute("""insert into labels select n, c.cluster_id from near join clusters_kept c using (record_id)
            order by n""")
        self._con.unregister("clusters_kept")

    def _add_keys(self, features: str) -> None:
        union = " union all ".join(
            f"select {rule}::utinyint, {key} as key, n from {features} where {key} is not null"
            for rule, key in enumerate(KEYS)
        )
        self._con.execute(f"insert into keys select * from ({union}) order by key")


def link_new(
    new: Records,
    base: Records,
    *,
    model: Model | None = None,
    base_clusters: pa.Table,
    judgements: pa.Table | None = None,
) -> Linked:
    """Link new records with already linked ones, without linking those again. See `Index.link`."""
    with Index.build(base, base_clusters, model=model) as index:
        return index.link(new, judgements=judgements)


def _new_file(folder: Path | str, model: Model) -> str:
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).unlink(missing_ok=True)
    model.save(folder / MODEL)
    return str(folder / FILE)


def _by_place(judged: Judged, place: dict[int, int]) -> Judged:
    return Judged(
        tuple((place[a], place[b]) for a, b in judged.always), tuple((place[a], place[b]) for a, b in judged.never)
    )
