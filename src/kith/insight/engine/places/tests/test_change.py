"""Emerging, persistent, fading; before and after with a control area."""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np
import pytest

from kith.insight.engine.places.change import before_and_after, changes
from kith.insight.engine.places.tests.test_getis import ring


def test_what_came_what_stayed_and_what_went() -> None:
    rng = np.random.default_rng(1)
    one, two = rng.poisson(3, 300), rng.poisson(3, 300)
    two[10:17] += 12  # came
    one[50:57] += 12  # went
    one[90:97] += 12
    two[90:97] += 12  # stayed
    found = changes(one, two, ring(300, reach=3), seed=1).words
    assert (found[13], found[53], found[93]) == ("emerging", "fading", "persistent")
    assert set(found[110:280]) == {""}


def test_twice_as_much_everywhere_is_not_emerging() -> None:
    rng = np.random.default_rng(2)
    one, two = rng.poisson(4, 300), rng.poisson(8, 300)
    one[30:37] += 12
    two[30:37] += 24
    assert changes(one, two, ring(300, reach=3), seed=1).words[33] == "persistent"


def test_difference_in_differences_by_hand() -> None:
    """120 → 60 in the place, 240 → 240 beside it: half; the standard error is √(1/120 + 1/60 + 1/240 + 1/240)."""
    found = before_and_after([20] * 6 + [10] * 6, [40] * 12, work_began=6)
    width = 1.959963984540054 * sqrt(1 / 120 + 1 / 60 + 2 / 240)
    assert (found.place, found.control, found.spread) == ((120, 60), (240, 240), 1.0)
    assert found.ratio == pytest.approx(0.5)
    assert (found.low, found.high) == pytest.approx((exp(log(0.5) - width), exp(log(0.5) + width)))
    assert found.words == "50 % fewer than the control area would lead one to expect (95 % interval −65 % to −28 %)."
    assert found.warnings == ()


def test_more_of_it_is_said_too() -> None:
    found = before_and_after([10] * 6 + [20] * 6, [40] * 12, work_began=6)
    assert found.words.startswith("100 % more than the control area")


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
