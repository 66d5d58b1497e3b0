"""The `link` bench: our engine and stock Splink on the same made-up records, in one run, each in its own process.

Thresholds were chosen on other seeds than the one reported here. Times include everything from the table of records
to clusters: reading, tidying, training, comparing, grouping.
"""

from __future__ import annotations

import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from splink import DuckDBAPI, Linker

from kith.linkage.benches.quality import quality
from kith.linkage.benches.stock import TIDY, settings, stock_link, stock_link_on_spark, train
from kith.linkage.benches.synthetic import Truth, make_records
from kith.linkage.engine import Index, Linked, link
from kith.linkage.engine import train as train_ours
from kith.linkage.engine.database import connect

SEED = 2026
SINGLE_RUNS = 60
Measured = dict[str, Any]
Compared = tuple[dict[str, Measured], list[str]]  # a line for each contender, and what to know of them


def run(*, size: int = 200_000, new: int = 0, spark: bool = False, seed: int = SEED) -> Measured:
    """Measure. With `new`, that many records against `size` already linked; with `spark`, on local Spark.

    Returns `rows`, a line of the table for each contender, and `notes`, which say what was compared and how.
    """
    truth = make_records(size + max(new, SINGLE_RUNS if new else 0), seed=seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.parquet"
        pq.write_table(truth.records, path)
        rows, compared = _new(path, size, new) if new else _whole(path, truth, spark)
    made = f"{size:,} made-up records of {truth.origin}, seed {seed}; thresholds were chosen on other seeds"
    return {"rows": [{"": name, **_rounded(row)} for name, row in rows.items()], "notes": [made, *compared]}


def _whole(path: Path, truth: Truth, spark: bool) -> Compared:
    """Link everything: ours, ours without the guard, and stock Splink."""
    work: dict[str, Callable[[Path], Measured]] = (
        {"ours on Spark": _ours_on_spark, "ours": _ours, "stock on Spark": _stock_on_spark}
        if spark
        else {"ours": _ours, "ours, unguarded": _unguarded, "stock Splink": _stock}
    )
    measured = {name: _in_child(task, path) for name, task in work.items()}
    rows = {
        name: {
            "seconds": found["seconds"],
            "megabytes": found["megabytes"],
            **asdict(quality(found["clusters"], truth)),
        }
        for name, found in measured.items()
    }
    stock = rows["stock on Spark" if spark else "stock Splink"]
    ours = rows["ours on Spark" if spark else "ours"]
    notes = [
        f"{len(truth.twin_pairs):,} pairs of twins and {len(truth.stranger_pairs):,} pairs of strangers of one name "
        "and birth date are among them",
        f"ours takes {ours['seconds'] / stock['seconds']:.2f} of the time of stock Splink and "
        f"{ours['megabytes'] / stock['megabytes']:.2f} of its memory",
    ]
    if spark:
        same = _agreement(measured["ours on Spark"]["clusters"], measured["ours"]["clusters"])
        notes.append(f"{same:.4%} of records are in the same cluster on Spark as on DuckDB")
    return rows, notes


def _new(path: Path, size: int, new: int) -> Compared:
    """New records against many: the 95th percentile of single ones; of several the quickest of a few runs."""
    ours = _in_child(partial(_ours_new, size=size, new=new), path)
    stock = _in_child(partial(_stock_new, size=size, new=new), path)
    rows = {"ours": ours, "stock Splink": stock}
    what = "seconds: the 95th percentile" if new == 1 else "seconds: the quickest run"
    return rows, [what, f"ours takes {ours['seconds'] / stock['seconds']:.2f} of the time of stock Splink"]


def _rounded(row: Measured) -> Measured:
    return {head: float(f"{value:.4g}") if isinstance(value, float) else f"{value:,}" for head, value in row.items()}


def _in_child(task: Callable[[Path], Measured], path: Path) -> Measured:
    """Run in a process of its own, so that memory is that task's alone."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_timed, args=(task, path, there))
    child.start()
    there.close()
    try:
        found: Measured = here.recv()
    except EOFError as error:
        raise RuntimeError("the measured task ended without a result; see its message above") from error
    child.join()
    return found


def _timed(task: Callable[[Path], Measured], path: Path, back: Connection) -> None:
    started = time.perf_counter()
    found = task(path)
    found.setdefault("seconds", time.perf_counter() - started)
    found["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    back.send(found)


def _numbers(linked: Linked) -> np.ndarray:
    codes = linked.clusters["cluster_id"].combine_chunks().dictionary_encode()
    return np.asarray(codes.indices.to_numpy(zero_copy_only=False))


def _ours(path: Path) -> Measured:
    return {"clusters": _numbers(link(path))}


def _unguarded(path: Path) -> Measured:
    return {"clusters": _numbers(link(path, guard=False))}


def _ours_on_spark(path: Path) -> Measured:
    return {"clusters": _numbers(link(path, engine="spark"))}


def _stock(path: Path) -> Measured:
    return stock_link(pq.read_table(path))


def _stock_on_spark(path: Path) -> Measured:
    return stock_link_on_spark(pq.read_table(path))


def _ours_new(path: Path, size: int, new: int) -> Measured:
    base, arrived = _parted(path, size)
    model = train_ours(base)
    with tempfile.TemporaryDirectory() as folder:
        Index.build(base, link(base, model=model).clusters, model=model, folder=folder).close()
        with Index.open(folder) as index:
            index.link(arrived.slice(0, 1))
            return _times(lambda given: index.link(given), arrived, new)


def _stock_new(path: Path, size: int, new: int) -> Measured:
    base, arrived = _parted(path, size)
    con = connect()
    con.register("records", base)
    con.execute(f"create table tidy as {TIDY}")
    api = DuckDBAPI(con)
    linker = Linker(api.register("tidy"), settings(), log_level=None)
    train(linker)

    def between(given: pa.Table) -> None:
        con.register("records", given)
        con.execute(f"create or replace table tidy_new as {TIDY}")
        right = api.register("tidy_new")
        linker.inference.predict_between(api.register("tidy"), right).as_record_list()

    return _times(between, arrived, new)


def _parted(path: Path, size: int) -> tuple[pa.Table, pa.Table]:
    records = pq.read_table(path)
    return records.slice(0, size), records.slice(size)


def _times(task: Callable[[pa.Table], object], arrived: pa.Table, new: int) -> Measured:
    """Seconds: for one record the 95th percentile of many runs, for more the best of three."""
    seconds = []
    for turn in range(SINGLE_RUNS if new == 1 else 3):
        given = arrived.slice(turn, 1) if new == 1 else arrived.slice(0, new)
        started = time.perf_counter()
        task(given)
        seconds.append(time.perf_counter() - started)
    return {
        "seconds": float(np.percentile(seconds, 95) if new == 1 else min(seconds)),
        "median": float(np.median(seconds)),
    }


def _agreement(one: np.ndarray, other: np.ndarray) -> float:
    """Share of records whose cluster has exactly the same records in both."""
    return float(
        np.mean(_sizes(one) == _sizes(np.stack([one, other], axis=1)))
        * np.mean(_sizes(other) == _sizes(np.stack([one, other], axis=1)))
    )


def _sizes(keys: np.ndarray) -> np.ndarray:
    """For each record, how many records share its key."""
    _, place, counts = np.unique(keys, axis=0, return_inverse=True, return_counts=True)
    return np.asarray(counts[place.ravel()])
