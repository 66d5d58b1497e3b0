"""Before and after with a control area: by hand, against numpy, and in how many of many it holds."""

from __future__ import annotations

import subprocess
import sys
from math import exp, log, sqrt

import numpy as np
import pytest

from kith.insight.rules.before_after import NINETY_FIVE, _spread, _trends_differ, before_and_after


def test_difference_in_differences_by_hand() -> None:
    """120 → 60 in the place, 240 → 240 beside it: half; the standard error is √(1/120 + 1/60 + 1/240 + 1/240)."""
    found = before_and_after([20] * 6 + [10] * 6, [40] * 12, work_began=6)
    width = 1.959963984540054 * sqrt(1 / 120 + 1 / 60 + 2 / 240)
    assert (found.place, found.control, found.spread) == ((120, 60), (240, 240), 1.0)
    assert found.ratio == pytest.approx(0.5)
    assert (found.low, found.high) == pytest.approx((exp(log(0.5) - width), exp(log(0.5) + width)))
    assert found.words == "50% fewer than the control area would lead one to expect (95% interval −65% to −28%)."
    assert found.warnings == ()


def test_more_of_it_is_said_too() -> None:
    found = before_and_after([10] * 6 + [20] * 6, [40] * 12, work_began=6)
    assert found.words.startswith("100% more than the control area")


def test_what_may_be_chance_is_called_that() -> None:
    found = before_and_after([5, 4, 6, 5, 4, 5], [40] * 6, work_began=3)
    assert found.words.startswith("No difference from the control area can be told from chance")


def test_the_time_of_the_work_is_left_out() -> None:
    found = before_and_after([10, 10, 10, 99, 10, 10, 10], [30] * 7, work_began=3, work_ended=4)
    assert (found.place, found.periods) == ((30, 30), (3, 3))


def test_a_place_already_falling_is_warned_of() -> None:
    found = before_and_after([60, 50, 40, 30, 20, 15, 10, 8], [40] * 8, work_began=5)
    assert any("already moving apart" in one for one in found.warnings)


@pytest.mark.parametrize(
    ("place", "control", "began", "words"),
    [
        ([10] * 8, [1] * 8, 4, "fewer than 20"),
        ([10] * 4, [30] * 4, 2, "fewer than 3 periods"),
        ([10] * 4 + [0] * 4, [30] * 8, 4, "is nought"),
        ([10] * 8, [10] * 4 + [40] * 4, 4, "more than twofold"),
        ([1, 40, 2, 39, 1, 41, 0, 40], [30] * 8, 4, "widened"),
    ],
)
def test_a_bad_comparison_is_warned_of(place: list[int], control: list[int], began: int, words: str) -> None:
    assert any(words in one for one in before_and_after(place, control, work_began=began).warnings)


def test_no_before_or_no_after_is_refused() -> None:
    for began in (0, 4):
        with pytest.raises(ValueError, match="before"):
            before_and_after([1] * 4, [1] * 4, work_began=began)


def test_nineteen_intervals_of_twenty_hold_the_truth() -> None:
    """400 made-up comparisons in which the work cut events by 30 %."""
    rng = np.random.default_rng(8)
    held = 0
    for _ in range(400):
        there = np.concatenate([rng.poisson(20, 8), rng.poisson(20 * 1.2 * 0.7, 8)])
        beside = np.concatenate([rng.poisson(50, 8), rng.poisson(50 * 1.2, 8)])
        found = before_and_after(there.tolist(), beside.tolist(), work_began=8)
        held += found.low <= 0.7 <= found.high
    assert held >= 368  # 95 % of 400 is 380; fewer than 368 would happen about once in a hundred and fifty runs


def spread_by_numpy(halves: list[list[int]]) -> float:
    arrays = [np.asarray(half, dtype=np.float64) for half in halves]
    over = [float(((half - half.mean()) ** 2).sum() / half.mean()) for half in arrays if half.mean() > 0]
    free = sum(len(half) - 1 for half in arrays if half.mean() > 0)
    return max(1.0, sum(over) / free) if free > 0 else 1.0


def trend_by_numpy(place: list[int], control: list[int]) -> bool:
    there, both = np.asarray(place, dtype=np.float64), np.asarray(place, dtype=np.float64) + np.asarray(control)
    if both.sum() == 0 or there.sum() == 0 or there.sum() == both.sum():
        return False
    share, when = there.sum() / both.sum(), np.arange(len(place), dtype=float)
    off = when - (both * when).sum() / both.sum()
    variance = share * (1 - share) * float((both * off**2).sum())
    return bool(variance > 0 and abs(float((off * there).sum())) / sqrt(variance) > NINETY_FIVE)


@pytest.mark.parametrize("steps", [1, 10])
def test_the_same_as_with_numpy(steps: int) -> None:
    """200 made-up places and control areas, some empty, some that move: sums, intervals and warnings."""
    rng = np.random.default_rng(14)
    trends = set()
    for number in range(200):
        months, level = int(rng.integers(4, 40)), float(rng.choice([0, 0.2, 3, 50, 4000]))
        place = rng.poisson(np.linspace(level, level * rng.choice([1, 4]), months)).tolist()
        control = rng.poisson(rng.choice([0, 30, 9000]), months).tolist()
        began = int(rng.integers(1, months - 1))
        halves = [place[:began], place[began:], control[:began], control[began:]]
        found = before_and_after(place, control, work_began=began, in_steps_of=steps)
        spread = spread_by_numpy(halves)
        assert _spread(halves) == pytest.approx(spread, rel=1e-12), number
        told = spread if steps == 1 else np.ceil(spread)
        sums = np.array([np.asarray(half).sum() // steps * steps + steps // 2 for half in halves], dtype=np.float64)
        assert [*found.place, *found.control] == sums.tolist()
        sums += 0.5 if 0 in sums else 0
        middle = np.log(sums[1] / sums[0]) - np.log(sums[3] / sums[2])
        width = NINETY_FIVE * np.sqrt(told * (1 / sums).sum())
        by_numpy = np.exp([middle, middle - width, middle + width]).tolist()
        assert [found.ratio, found.low, found.high] == pytest.approx(by_numpy, rel=1e-12), number
        trends.add(_trends_differ(halves[0], halves[2]))
        assert _trends_differ(halves[0], halves[2]) == trend_by_numpy(halves[0], halves[2]), number
    assert trends == {True, False}


def test_a_page_can_work_it_out_without_an_engine() -> None:
    asked = "import sys, kith.insight.rules.before_after; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"
