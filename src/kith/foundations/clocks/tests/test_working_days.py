"""Working days, against the published list and against themselves."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.foundations.clocks import add_working_days, bank_holidays, is_working_day, working_days_between
from kith.foundations.clocks.working_days import easter_sunday, usual_bank_holidays

DAYS = st.dates(date(2013, 1, 1), date(2040, 12, 31))
ONE_OFFS = {
    2020: ({date(2020, 5, 8)}, {date(2020, 5, 4)}),  # VE Day moved the early May holiday
    2022: ({date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)}, {date(2022, 5, 30)}),
    2023: ({date(2023, 5, 8)}, set()),  # the Coronation
}


@pytest.mark.parametrize("year", range(2013, 2029))
def test_the_rule_gives_the_published_list_but_for_one_off_holidays(year: int) -> None:
    extra, moved = ONE_OFFS.get(year, (set(), set()))
    assert (set(usual_bank_holidays(year)) | extra) - moved == set(bank_holidays(year))


@pytest.mark.parametrize(("year", "month", "day"), [(1961, 4, 2), (2024, 3, 31), (2038, 4, 25)])
def test_easter(year: int, month: int, day: int) -> None:
    assert easter_sunday(year) == date(year, month, day)


def test_two_working_days_from_the_thursday_before_easter_is_wednesday() -> None:
    assert add_working_days(date(2026, 4, 2), 2) == date(2026, 4, 8)


def test_years_beyond_the_list_still_have_holidays() -> None:
    assert date(2035, 12, 25) in bank_holidays(2035)


def test_a_time_is_kept() -> None:
    assert add_working_days(datetime(2026, 11, 20, 16, 10), 1) == datetime(2026, 11, 23, 16, 10)


@given(DAYS, st.integers(1, 60))
def test_adding_then_counting_gives_the_number_back(day: date, days: int) -> None:
    assert working_days_between(day, add_working_days(day, days)) == days


@given(DAYS, st.integers(-60, 60))
def test_it_always_ends_on_a_working_day(day: date, days: int) -> None:
    assert is_working_day(add_working_days(day, days))


@given(DAYS, st.integers(1, 40))
def test_there_and_back_from_a_working_day(day: date, days: int) -> None:
    start = add_working_days(day, 0)
    assert add_working_days(add_working_days(start, days), -days) == start


@given(DAYS, st.integers(0, 300), st.integers(0, 300))
def test_counting_is_additive(day: date, first: int, second: int) -> None:
    middle, end = day + timedelta(days=first), day + timedelta(days=first + second)
    both = working_days_between(day, middle) + working_days_between(middle, end)
    assert both == working_days_between(day, end)
    assert working_days_between(end, day) == -working_days_between(day, end)
