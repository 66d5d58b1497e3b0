"""One new record against the index, without planning a single large statement."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from kith.linkage.engine.blocking import BIGGEST_BLOCK, RULES
from kith.linkage.engine.clustering import Edges, Ints, group, with_certain
from kith.linkage.engine.judgements import Judged
from kith.linkage.engine.model import Model
from kith.linkage.engine.near import Near, chained, linked_near
from kith.linkage.engine.plain import Features, Plain, conflicts, corroborated, details_given, two_people
from kith.linkage.engine.results import Linked
from kith.linkage.engine.scoring import weight_of

ROWS = "rows.arrow"


class Single:
    """The index's keys and clusters as arrays, its rows as a mapped file, the model in plain Python.

    Made anew when the index has changed: some seconds for a million records, then milliseconds for each answer.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, model: Model, folder: Path | None) -> None:
        self._con, self._model, self._plain = con, model, Plain(model)
        keys = con.execute("select key, rule, n from keys order by key, rule, n").fetchnumpy()
        self._keys, self._rules, self._holders = (np.asarray(keys[name]) for name in ("key", "rule", "n"))
        self._ids = np.asarray(con.execute("select hash(record_id) as h from base order by h").fetchnumpy()["h"])
        self._rows = _mapped_rows(con, folder)
        self._numbers = self._rows["n"].to_numpy()
        self._next = int(self._numbers[-1]) + 1 if len(self._numbers) else 0
        cluster = self._rows["cluster"].to_numpy()
        self._cluster, self._by_cluster = cluster, np.argsort(cluster, kind="stable")
        self._sorted = cluster[self._by_cluster]

    def link(self, record: Mapping[str, Any]) -> Linked | None:
        """Link one record; None when a record of this record_id is indexed, so that it must first be replaced."""
        record_id = str(record["record_id"])
        made = self._plain.features(record)
        id_hash, wanted = self._hashed(record_id, made)
        if _held(self._ids, id_hash):
            return None
        candidates = self._candidates(wanted)
        rows = self._fetch(candidates)
        near: list[Near] = [(n, name, cluster, details_given(features)) for n, name, cluster, features in rows]
        near.append((self._next, record_id, None, details_given(made)))
        return self._grouped(near, [*(row[3] for row in rows), made], candidates)

    def _hashed(self, record_id: str, made: Features) -> tuple[int, dict[int, int]]:
        """The hash of the id, and the key of each rule for which the record has every part."""
        parts = made._asdict()
        rules = [[_part(parts, name) for name in names] for names in RULES.values()]
        wanted = [(rule, values) for rule, values in enumerate(rules) if None not in values]
        hashes = [
            "hash(?::varchar)",
            *(
                "hash(" + ", ".join("?::smallint" if isinstance(value, int) else "?::varchar" for value in values) + ")"
                for _, values in wanted
            ),
        ]
        found = self._con.execute(
            f"select {', '.join(hashes)}", [record_id, *(value for _, values in wanted for value in values)]
        ).fetchall()[0]
        return found[0], {rule: key for (rule, _), key in zip(wanted, found[1:], strict=True)}

    def _candidates(self, wanted: Mapping[int, int]) -> list[int]:
        found: set[int] = set()
        for rule, key in wanted.items():
            start, end = (np.searchsorted(self._keys, np.uint64(key), side=side) for side in ("left", "right"))
            holders = self._holders[start:end][self._rules[start:end] == rule]
            if len(holders) <= BIGGEST_BLOCK:
                found.update(holders.tolist())
        return sorted(found)

    def _fetch(self, candidates: list[int]) -> list[tuple[int, str, str, Features]]:
        """The candidates and every record of their clusters."""
        if not candidates:
            return []
        clusters = np.unique(self._cluster[np.searchsorted(self._numbers, candidates)])
        starts, ends = np.searchsorted(self._sorted, clusters), np.searchsorted(self._sorted, clusters, side="right")
        places = np.sort(np.concatenate([self._by_cluster[a:b] for a, b in zip(starts, ends, strict=True)]))
        rows = self._rows.take(pa.array(places)).to_pylist()
        return [(row["n"], row["record_id"], row["cluster_id"], Features(*json.loads(row["body"]))) for row in rows]

    def _grouped(self, near: list[Near], features: list[Features], candidates: list[int]) -> Linked:
        place = {row[0]: at for at, row in enumerate(near)}
        last, made = len(near) - 1, features[-1]
        weighed = [(place[n], self._plain.weight(features[place[n]], made)) for n in candidates]
        kept = [(at, weight) for at, weight in weighed if weight >= weight_of(self._model.thresholds.unsure)]
        scored = Edges(
            np.array([at for at, _ in kept], dtype=np.int64),
            np.full(len(kept), last, dtype=np.int64),
            np.array([weight for _, weight in kept], dtype=np.float64),
            np.array([corroborated(features[at], made) for at, _ in kept], dtype=bool),
        )
        strong = np.flatnonzero(scored.weight >= weight_of(self._model.thresholds.same))
        edges = Edges(scored.left[strong], scored.right[strong], scored.weight[strong], scored.corroborated[strong])
        grouping = group(
            with_certain(edges, chained([row[2] for row in near])),
            np.array([row[3] for row in near], dtype=np.uint8),
            lambda label: _conflicts(features, near, label),
        )
        pairs = zip(scored.left.tolist(), scored.right.tolist(), strict=True)
        two = np.array(two_people(features, pairs, grouping.label.tolist()), dtype=bool)
        return linked_near(near, scored, strong, grouping.label, grouping.refused, Judged(), two, self._next, 1)


def _mapped_rows(con: duckdb.DuckDBPyConnection, folder: Path | None) -> pa.RecordBatch:
    """Number, id, cluster and features of every record in order of number; on disk where the index is."""
    relation = con.sql("""select b.n, record_id, cluster_id,
        min(b.n) over (partition by cluster_id)::integer as cluster,
        body from bodies b join labels using (n) join base using (n) order by b.n""")
    table = relation.to_arrow_table().combine_chunks()
    schema = pa.schema(
        [
            ("n", pa.int32()),
            ("record_id", pa.large_string()),
            ("cluster_id", pa.large_string()),
            ("cluster", pa.int32()),
            ("body", pa.large_string()),
        ]
    )
    batch = _one_batch(table.cast(schema))
    if folder is None:
        return batch
    path = folder / ROWS
    path.unlink(missing_ok=True)
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, schema) as writer:
        writer.write_batch(batch)
    return pa.ipc.open_file(pa.memory_map(str(path))).get_batch(0)


def _one_batch(table: pa.Table) -> pa.RecordBatch:
    batches = table.combine_chunks().to_batches()
    return batches[0] if batches else pa.RecordBatch.from_pylist([], schema=table.schema)


def _held(sorted_values: np.ndarray, value: int) -> bool:
    at = int(np.searchsorted(sorted_values, np.uint64(value)))
    return at < len(sorted_values) and int(sorted_values[at]) == value


def _conflicts(features: Sequence[Features], near: Sequence[Near], label: Ints) -> list[tuple[int, int]]:
    return [(a, b) for a, b in conflicts(features, label.tolist()) if near[a][2] is None or near[a][2] != near[b][2]]


def _part(parts: Mapping[str, Any], name: str) -> str | int | None:
    """The value of one part of a key; the parts are the columns and the few expressions of `blocking.RULES`."""
    if name in parts:
        return parts[name]  # type: ignore[no-any-return]
    first, last = parts["first"], parts["last"]
    if name == "left(first, 2)":
        return first[:2] if first else None
    both = sorted(value for value in (first, last) if value)
    return (both[0] if name.startswith("least") else both[-1]) if both else None
