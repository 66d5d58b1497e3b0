"""Months that are read together."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kith.chronology.queries import MonthCount
from kith.desk.presenters.chronology import Asked, Stretch, read_month, stretch_to_show, stretches_of

COUNTS = st.lists(st.integers(min_value=1, max_value=90), max_size=40)


def months(*counts: int) -> list[MonthCount]:
    """So many entries in December 2026, November 2026 and so on backwards."""
    return [MonthCount(date(2026 - i // 12, 12 - i % 12, 1), entries) for i, entries in enumerate(counts)]


def test_quiet_months_share_a_page_and_a_busy_one_stands_alone() -> None:
    found = stretches_of(months(10, 20, 80, 5, 5))
    assert [[count.entries for count in stretch.months] for stretch in found] == [[10, 20], [80], [5, 5]]


@given(COUNTS)
def test_every_month_is_on_one_page_in_order(counts: list[int]) -> None:
    found = stretches_of(months(*counts))
    assert [count for stretch in found for count in stretch.months] == months(*counts)
    assert all(stretch.entries <= 60 or len(stretch.months) == 1 for stretch in found)


def test_a_stretch_is_called_by_its_months() -> None:
    assert Stretch(tuple(months(1))).title == "December 2026"
    assert Stretch(tuple(months(1, 1, 1))).title == "October to December 2026"
    assert Stretch(tuple(months(*[1] * 13))).title == "December 2025 to December 2026"


@given(COUNTS.filter(bool), st.dates(date(2020, 1, 1), date(2027, 12, 31)))
def test_any_day_leads_to_its_month_or_the_nearest_before(counts: list[int], day: date) -> None:
    stretches = stretches_of(months(*counts))
    shown = stretch_to_show(Asked(month=day.replace(day=1)), stretches)
    assert shown is not None
    assert shown.since <= day or shown == stretches[-1]
    assert day < shown.before or stretches.index(shown) == 0 or stretches[stretches.index(shown) - 1].since > day


def test_no_entries_no_page() -> None:
    assert stretch_to_show(Asked(), []) is None


def test_only_a_month_that_exists_is_read() -> None:
    assert read_month("2026-11") == read_month("2026-11-30") == date(2026, 11, 1)
    assert read_month("2026-13") is read_month("soon") is read_month("") is None
