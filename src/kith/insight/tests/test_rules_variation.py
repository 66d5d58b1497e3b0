"""Charts of variation: limits and signals against worked values, a second way of working them out, and plain words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.insight.rules import variation as rules
from kith.insight.rules.variation import Limits, Signal, Suits

# Ten flow rates of the NIST/SEMATECH e-Handbook, 6.3.2.2: mean 50.81, moving range 1.8778, limits 45.8159 and 55.8041,
# there with three times 1/1.128 where the chart here has 2.66.
FLOW = (49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1)
FLAT = Limits(0, 10.0, 4.0, 16.0, 6 / 2.66, 20)


def test_limits_of_a_published_example() -> None:
    limits = rules.chart(FLOW, screened=False).limits
    assert limits.mean == pytest.approx(50.81)
    assert limits.moving_range == pytest.approx(1.8778, abs=5e-5)
    assert (limits.low, limits.high) == pytest.approx((45.8159, 55.8041), abs=0.002)
    assert limits.on_trial


def test_limits_worked_by_hand() -> None:
    """4, 6, 5, 9: mean 6; moving ranges 2, 1, 4, mean 7/3; 2.66 times that is 6.2067."""
    limits = rules.chart([4, 6, 5, 9]).limits
    assert limits.mean == 6
    assert limits.high == pytest.approx(12.20667, abs=1e-5)
    assert limits.low == 0
    assert rules.chart([4, 6, 5, 9], least=None).limits.low == pytest.approx(-0.20667, abs=1e-5)


def test_a_wild_moving_range_is_left_out_unless_the_switch_is_off() -> None:
    """Nine steps of 1 and two of 40 up and down again: their mean is 89/11; 40 is beyond 3.267 of it."""
    values = [10, 11, 10, 11, 10, 50, 10, 11, 10, 11, 10, 11]
    left_out, kept = rules.chart(values), rules.chart(values, screened=False)
    assert left_out.limits.left_out == 2
    assert left_out.limits.moving_range == 1
    assert kept.limits.moving_range == pytest.approx(89 / 11)
    assert "2 moving ranges were left out as more than 3.267 times their mean." in left_out.made
    assert "No moving range was left out." in kept.made
    assert Signal.OUTSIDE in left_out.points[5].signals
    assert Signal.OUTSIDE in kept.points[5].signals


@pytest.mark.parametrize(
    ("values", "signal", "where"),
    [
        ([10, 16.1, 10], Signal.OUTSIDE, {1}),
        ([10, 16, 4, 3.9], Signal.OUTSIDE, {3}),
        ([11] * 6 + [9], Signal.RUN, set()),
        ([11] * 7 + [9], Signal.RUN, set(range(7))),
        ([9] * 8 + [10] + [9] * 6, Signal.RUN, set(range(8))),  # a value on the mean ends a run
        ([9, *range(5, 11), 9], Signal.TREND, set()),
        ([9, *range(5, 12), 9], Signal.TREND, set(range(1, 8))),
        (list(range(12, 5, -1)), Signal.TREND, set(range(7))),
        ([5, 6, 7, 7, 8, 9, 10, 11], Signal.TREND, set()),  # a step that does not rise ends it
        ([14.5, 11, 14.5], Signal.NEAR_LIMIT, {0, 2}),
        ([14.5, 9, 14.5], Signal.NEAR_LIMIT, set()),  # all three on one side
        ([14.5, 11, 11, 14.5], Signal.NEAR_LIMIT, set()),
        ([5.5, 5.5, 9], Signal.NEAR_LIMIT, {0, 1}),
        ([14, 14, 11], Signal.NEAR_LIMIT, set()),  # at the beginning of the outer third is not in it
        ([17, 15, 11], Signal.NEAR_LIMIT, set()),  # one is outside, so only one is near
    ],
)
def test_four_signals(values: list[float], signal: Signal, where: set[int]) -> None:
    found = rules.signals(values, FLAT)
    assert {at for at, why in enumerate(found) if signal in why} == where


def second_way(values: list[float], screened: bool) -> tuple[float, float, list[set[str]]]:
    """The same with arrays: limits, and of each window of seven or three what it shows."""
    given = np.array(values, dtype=float)
    ranges = np.abs(np.diff(given))
    if screened and ranges.mean() > 0:
        ranges = ranges[ranges < 3.267 * ranges.mean()]
    centre, reach = given.mean(), 2.66 * ranges.mean()
    low, high = centre - reach, centre + reach
    found: list[set[str]] = [set() for _ in values]
    side = np.sign(given - centre)
    inside = (given >= low) & (given <= high)
    close = inside & (np.abs(given - centre) > reach * 2 / 3)
    for at in np.flatnonzero(~inside):
        found[at].add("outside")
    for at in range(len(values) - 6):
        if abs(side[at : at + 7].sum()) == 7:
            [one.add("run") for one in found[at : at + 7]]
        if abs(np.sign(np.diff(given[at : at + 7])).sum()) == 6:
            [one.add("trend") for one in found[at : at + 7]]
    for at in range(len(values) - 2):
        if abs(side[at : at + 3].sum()) == 3 and close[at : at + 3].sum() >= 2:
            [found[one].add("near-limit") for one in range(at, at + 3) if close[one]]
    return low, high, found


VALUES = st.lists(st.integers(0, 12), min_size=2, max_size=40)


@given(VALUES, st.booleans())
def test_worked_out_a_second_way(counts: list[int], screened: bool) -> None:
    values = [count + at / 1000 for at, count in enumerate(counts)]  # no two sums that differ by rounding only
    chart = rules.chart(values, screened=screened, least=None)
    low, high, found = second_way(values, screened)
    assert (chart.limits.low, chart.limits.high) == pytest.approx((low, high))
    assert [{str(why) for why in point.signals} for point in chart.points] == found


@given(VALUES, st.integers(1, 50))
def test_adding_the_same_to_all_moves_the_limits_and_nothing_else(counts: list[int], by: int) -> None:
    before = rules.chart([float(one) for one in counts], least=None)
    after = rules.chart([float(one + by) for one in counts], least=None)
    assert after.limits.mean == pytest.approx(before.limits.mean + by)
    assert after.limits.high - after.limits.low == pytest.approx(before.limits.high - before.limits.low)


@given(VALUES)
def test_limits_lie_around_the_mean_and_not_below_nought(counts: list[int]) -> None:
    limits = rules.chart(counts).limits
    assert 0 <= limits.low <= limits.mean <= limits.high


def test_limits_of_the_first_values_only() -> None:
    first = [10, 12, 9, 11, 10, 12, 11, 9, 10, 11, 12, 10]
    fixed = rules.chart([*first, 30, 31, 32], fix_after=12)
    assert fixed.limits == rules.chart(first).limits
    assert not fixed.limits.on_trial
    assert [Signal.OUTSIDE in point.signals for point in fixed.points[-3:]] == [True] * 3


def test_limits_begin_anew_where_somebody_understood_a_shift() -> None:
    before, after = [20, 22, 19, 21, 20, 22, 21] * 2, [40, 42, 39, 41, 40, 42, 41] * 2
    one, two = rules.chart([*before, *after]), rules.chart([*before, *after], rebased_at=[14])
    assert any(point.signals for point in one.points)
    assert not any(point.signals for point in two.points)
    assert two.points[0].limits.mean == pytest.approx(145 / 7)
    assert two.limits.since == 14
    assert two.limits.mean == pytest.approx(285 / 7)


@pytest.mark.parametrize(("values", "rebased"), [([], []), ([3], []), ([3, 4, 5], [2])])
def test_too_few_values_have_no_chart(values: list[int], rebased: list[int]) -> None:
    with pytest.raises(ValueError, match="at least two"):
        rules.chart(values, rebased_at=rebased)


# Mean 498 / 12 = 41.5, mean moving range 80 / 11 = 7.2727, and 2.66 of those 19.3455.
USUAL = [40, 46, 35, 48, 41, 37, 44, 39, 47, 36, 43, 42]


def test_common_variation_in_words() -> None:
    limits = rules.chart(USUAL).limits
    assert (round(limits.low, 2), round(limits.high, 2)) == (22.15, 60.85)
    assert rules.sentence(rules.chart(USUAL)) == "Common variation: expect between 23 and 60 a month."
    assert (
        rules.sentence(rules.chart(USUAL), "quarter", "%") == "Common variation: expect between 23% and 60% a quarter."
    )


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([0] * 12, "None in any month so far."),
        ([7] * 12, "Common variation: expect 7 a month."),
    ],
)
def test_limits_with_no_room_between_them_are_one_number(values: list[int], told: str) -> None:
    assert rules.sentence(rules.chart(values)) == told


def test_what_stands_out_in_words() -> None:
    def told(*further: float) -> str:
        return rules.sentence(rules.chart([*USUAL, *further], fix_after=12))

    assert told(70) == "The last month is above what is to be expected (60)."
    assert told(10) == "The last month is below what is to be expected (23)."
    assert told(40, 45, 44, 46, 43, 47, 44, 45) == "Seven months in a row above average."
    assert told(40, 45, 44, 46, 43, 47, 44, 45, 46) == "Eight months in a row above average."
    assert told(55, 56) == "Two of the last three months are close to the upper limit."
    assert "Seven months in a row falling." in told(46, 45, 44, 43, 42, 41, 40)
    assert told(41).startswith("Common variation")


def test_few_values_are_on_trial() -> None:
    assert rules.sentence(rules.chart([8, 9, 8, 10])).endswith("The limits are on trial: there are only 4 values.")
    assert "on trial" in rules.chart([8, 9, 8, 10]).made
    assert "on trial" not in rules.chart(USUAL).made


def test_what_is_rare_is_not_judged_by_months() -> None:
    assert rules.suits([5] * 12) is Suits.MONTHS
    assert rules.suits([4] * 11 + [5]) is Suits.TWELVE_MONTHS
    assert rules.suits([4] * 12, days_known=True) is Suits.DAYS_BETWEEN
    assert rules.suits([0, 1, 1], days_known=True) is Suits.TWELVE_MONTHS
    assert rules.suits([]) is Suits.TWELVE_MONTHS


def test_days_between_are_made_even_and_turned_back() -> None:
    days = [0, 10, 40, 41, 121]
    even = rules.days_between(days)
    assert [round(rules.as_days(one), 6) for one in even] == [10, 30, 1, 80]
    assert even[0] == pytest.approx(10 ** (1 / 3.6))
    assert rules.as_days(-0.4) == 0
    assert rules.chart(even).limits.high > max(even)
