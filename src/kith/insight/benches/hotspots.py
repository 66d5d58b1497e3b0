"""The `hotspots` bench: a million events to hexagons, Gi*, 999 permutations and false-discovery control, from nothing.

Each contender is a process of its own that starts cold, imports what it needs and ends; its time is from start to end.
The reference is esda on the same hexagons (made in the same fast way, so that its time is not that of a loop).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from kith.insight.engine.places.getis import enough_permutations, where_more
from kith.insight.engine.places.hexagons import cells_of, grid_of

SEED = 2026
PERMUTATIONS = 999
RESOLUTION = 9
Measured = dict[str, Any]


def run(*, events: int = 1_000_000, seed: int = SEED) -> Measured:
    """Measure. Returns `rows`, a line for each contender, and `notes`."""
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as folder:
        home = Path(folder)
        made = _events(events, seed)
        made.write_parquet(home / "events.parquet")
        made.write_csv(home / "events.csv")
        ours = _cold("ours", home)
        enough = _cold("enough", home)
        theirs = _cold("esda", home)
        command = _command(home)
        z, other = np.load(home / "ours.npy"), np.load(home / "esda.npy")
    notes = [
        f"{events:,} made-up events, seed {seed}, in {ours['hexagons']:,} hexagons of resolution {RESOLUTION}; "
        f"{PERMUTATIONS} permutations",
        f"the largest difference between any two z is {np.abs(z - other).max():.1e}",
        f"from a cold start Kith takes {ours['seconds'] / theirs['seconds']:.2f} of the time of esda; for the sums "
        f"alone, once esda has been compiled, {ours['sums again']:.2f} s beside {theirs['sums again']:.2f} s",
        "processor seconds are what the process itself used, whatever else the machine did meanwhile",
        f"{PERMUTATIONS} permutations cannot name one hexagon alone among so many, however high: the command takes "
        "as many as that needs unless told otherwise",
        "esda's hexagons were made with polars-h3 and their neighbours as ours are",
        "the command also reads times, compares the halves of the year, and writes every hexagon's outline",
    ]
    rows: list[Measured] = [
        {"": f"Kith, {PERMUTATIONS} permutations", **ours},
        {"": f"Kith, {enough_permutations(ours['hexagons']):,} permutations", **enough},
        {"": f"esda, {PERMUTATIONS} permutations", **theirs},
        {"": f"kith hotspots, {PERMUTATIONS} permutations, from the CSV file to the map", **command},
    ]
    return {"rows": rows, "notes": notes}


def _events(count: int, seed: int) -> pl.DataFrame:
    """A county: eight towns of unlike size and density, a tenth of the events spread over the country between them."""
    rng = np.random.default_rng(seed)
    country = count // 10
    towns = rng.multinomial(count - country, rng.dirichlet(np.full(8, 0.8)))
    lat, lng = [rng.uniform(51.25, 51.65, country)], [rng.uniform(-3.0, -2.25, country)]
    for size in towns:
        middle, wide = (rng.uniform(51.3, 51.6), rng.uniform(-2.9, -2.35)), rng.uniform(0.008, 0.03)
        lat.append(rng.normal(middle[0], wide, size))
        lng.append(rng.normal(middle[1], wide * 1.6, size))
    day = np.datetime64("2025-01-01") + rng.integers(0, 365, count).astype("timedelta64[D]")
    return pl.DataFrame({"latitude": np.concatenate(lat), "longitude": np.concatenate(lng), "day": day})


def _cold(who: str, home: Path) -> Measured:
    """Run one contender in a new process; its seconds are the whole life of that process."""
    took, said = _timed("-m", "kith.insight.benches.hotspots", who, str(home))
    return took | dict(json.loads(said.splitlines()[-1]))


def _command(home: Path) -> Measured:
    words = [str(home / "events.csv"), "--out", str(home / "cells.geojson"), "--permutations", str(PERMUTATIONS)]
    took, _ = _timed("-m", "kith.config.cli", "hotspots", *words, "--resolution", str(RESOLUTION))
    return took


def _timed(*words: str) -> tuple[Measured, str]:
    """Seconds on the clock and of the processor that a Python process took, its memory, and what it printed."""
    with tempfile.TemporaryFile("w+") as said:
        started = time.perf_counter()
        child = subprocess.Popen([sys.executable, *words], stdout=said, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        took = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise RuntimeError(f"{' '.join(words)} failed.")
        said.seek(0)
        worked = used.ru_utime + used.ru_stime
        memory = used.ru_maxrss // 1024  # kilobytes on Linux
        return {"seconds": round(took, 2), "processor seconds": round(worked, 2), "megabytes": memory}, said.read()


def _ours(home: Path) -> Measured:
    made = pl.read_parquet(home / "events.parquet", columns=["latitude", "longitude"])
    grid = grid_of(cells_of(made["latitude"].to_numpy(), made["longitude"].to_numpy(), RESOLUTION), RESOLUTION)
    found = where_more(grid.counts, grid.touching, seed=SEED, permutations=PERMUTATIONS)
    again = time.perf_counter()
    where_more(grid.counts, grid.touching, seed=SEED, permutations=PERMUTATIONS)
    took = time.perf_counter() - again
    np.save(home / "ours.npy", found.z)
    return {"sums again": round(took, 2), "hexagons": len(grid), "standing out": int(found.stands_out.sum())}


def _ours_with_enough(home: Path) -> Measured:
    """The same with as many permutations as one hexagon alone needs to be found."""
    made = pl.read_parquet(home / "events.parquet", columns=["latitude", "longitude"])
    grid = grid_of(cells_of(made["latitude"].to_numpy(), made["longitude"].to_numpy(), RESOLUTION), RESOLUTION)
    found = where_more(grid.counts, grid.touching, seed=SEED)
    return {"hexagons": len(grid), "standing out": int(found.stands_out.sum())}


def _esda(home: Path) -> Measured:
    from esda import G_Local  # noqa: PLC0415  (a reference that only benches need)
    from libpysal.graph import Graph  # noqa: PLC0415
    from scipy import stats  # noqa: PLC0415

    made = pl.read_parquet(home / "events.parquet", columns=["latitude", "longitude"])
    grid = grid_of(cells_of(made["latitude"].to_numpy(), made["longitude"].to_numpy(), RESOLUTION), RESOLUTION)
    graph = Graph.from_sparse(grid.touching.tocoo())

    def once() -> Any:
        found = G_Local(
            grid.counts.astype(float), graph, transform="B", star=True, permutations=PERMUTATIONS, seed=SEED,
            keep_simulations=False,
        )  # fmt: skip
        more = found.Zs > 0  # esda folds p to the nearer tail: for "more" that is p where z is above nought
        return found, stats.false_discovery_control(np.where(more, found.p_sim, 1 - found.p_sim), method="bh")

    found, q = once()
    again = time.perf_counter()
    once()
    took = time.perf_counter() - again
    np.save(home / "esda.npy", found.Zs)
    return {"sums again": round(took, 2), "hexagons": len(grid), "standing out": int((q <= 0.05).sum())}


if __name__ == "__main__":
    print(json.dumps({"ours": _ours, "enough": _ours_with_enough, "esda": _esda}[sys.argv[1]](Path(sys.argv[2]))))
