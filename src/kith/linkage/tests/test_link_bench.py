"""The link bench runs, says the truth about quality, and prints figures that can be read by a machine."""

from __future__ import annotations

import json

import numpy as np
import pytest

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


def test_the_bench_compares_ours_with_stock_splink(capsys: pytest.CaptureFixture[str]) -> None:
    result = run(size=6_000, json=True)
    printed = json.loads(capsys.readouterr().out.strip().splitlines()[-1])
    assert set(printed["rows"]) == {"ours", "ours, unguarded", "stock Splink"}
    assert printed["rows"]["ours"]["precision"] > 0.95
    assert result["time_ratio"] > 0
    assert printed["rows"]["ours"]["twins_merged"] < printed["rows"]["stock Splink"]["twins_merged"]
