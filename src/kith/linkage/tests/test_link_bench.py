"""The link bench runs, says the truth about quality, and prints figures that can be read by a machine."""

from __future__ import annotations

import numpy as np

from kith.linkage.benches.link import run
from kith.linkage.benches.quality import quality
from kith.linkage.benches.synthetic import make_records


def test_quality_is_counted_over_pairs_of_records() -> None:
    truth = make_records(2_000, seed=21)
    perfect = quality(truth.person, truth)
    assert (perfect.precision, perfect.recall, perfect.f1) == (1.0, 1.0, 1.0)
    assert perfect.twins_merged == perfect.strangers_merged == 0
    everyone = quality(np.zeros(len(truth.person), dtype=np.int64), truth)
    assert everyone.recall == 1.0
    assert everyone.precision < 0.01
    assert everyone.twins_merged == 1.0
    assert everyone.strangers_merged == len(truth.stranger_pairs)


def test_one_seed_makes_one_set_of_records() -> None:
    one, two, other = (make_records(800, seed=seed) for seed in (5, 5, 6))
    assert one.records.equals(two.records)
    assert not one.records.equals(other.records)


def test_the_bench_compares_ours_with_stock_splink() -> None:
    figures = run(size=6_000)
    rows = {row[""]: row for row in figures["rows"]}
    assert set(rows) == {"ours", "ours, unguarded", "stock Splink"}
    assert rows["ours"]["precision"] > 0.95
    assert rows["ours"]["twins_merged"] < rows["stock Splink"]["twins_merged"]
    assert "of the time of stock Splink" in figures["notes"][-1]
