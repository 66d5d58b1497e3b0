"""Windows of months: where they begin and end, what they are called."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.insight.rules import periods
from kith.insight.rules.periods import Month, Span, Window

MONTHS = st.builds(Month, st.integers(1990, 2060), st.integers(1, 12))


def test_names_in_words() -> None:
    october = Month(2026, 10)
    assert str(periods.month(october)) == "October 2026"
    assert str(periods.quarter(october)) == "October to December 2026"
    assert str(periods.six_months(october)) == "October 2026 to March 2027"
    assert str(periods.year(october)) == "April 2026 to March 2027"
    assert str(periods.year(Month(2026, 3))) == "April 2025 to March 2026"
    assert str(periods.year(october, starts=1)) == "January to December 2026"
    assert str(periods.twelve_months(october)) == "twelve months to the end of October 2026"
    assert periods.as_at_words(date(2026, 11, 20)) == "As at 20 November 2026"


def test_current_and_previous_twelve_months_leave_out_the_month_that_is_not_over() -> None:
    current, previous = periods.current_and_previous(date(2026, 11, 20))
    assert (current.begins, current.after) == (date(2025, 11, 1), date(2026, 11, 1))
    assert (previous.begins, previous.after) == (date(2024, 11, 1), date(2025, 11, 1))
    assert periods.current_and_previous(date(2026, 11, 1))[0] == current
    assert periods.current_and_previous(date(2026, 10, 31))[0] == periods.twelve_months(Month(2026, 9))


def test_days_at_either_end() -> None:
    february = periods.month(Month(2028, 2))
    assert date(2028, 2, 29) in february
    assert date(2028, 3, 1) not in february
    assert date(2028, 1, 31) not in february
    assert not february.is_complete(date(2028, 2, 29))
    assert february.is_complete(date(2028, 3, 1))
    assert february.first.last == date(2028, 2, 29)


@given(MONTHS, st.sampled_from([periods.month, periods.quarter, periods.six_months, periods.year]))
def test_every_month_is_in_its_window_and_windows_leave_no_gap(month: Month, kind) -> None:
    window: Window = kind(month)
    assert month.first in window
    assert window.previous().after == window.begins
    assert [kind(one) for one in window.months] == [window] * window.length
    assert kind(window.last + 1).previous() == window


@given(MONTHS, st.integers(-400, 400))
def test_months_add_up(month: Month, by: int) -> None:
    assert (month + by) - by == month
    assert Month.of((month + by).first).index == month.index + by


@given(MONTHS)
def test_a_key_is_read_back(month: Month) -> None:
    for window in (periods.month(month), periods.quarter(month), periods.twelve_months(month)):
        assert periods.read(window.key) == window
    assert periods.months_to(month, 3) == (month - 2, month - 1, month)


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("", "unpack"),
        ("month:2026-01", "unpack"),
        ("month:2026-01:2026-02", "no window"),
        ("week:2026-01:2026-01", "not a valid Span"),
        ("month:a:b", "isoformat"),
    ],
)
def test_what_is_no_key_is_refused(key: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        periods.read(key)


def test_a_window_of_any_length_has_one_before_it() -> None:
    five = Window(Month(2026, 3), Month(2026, 7))
    assert five.span is Span.OTHER
    assert str(five) == "March to July 2026"
    assert five.previous() == Window(Month(2025, 10), Month(2026, 2))
    assert five.a_year_before() == Window(Month(2025, 3), Month(2025, 7))
