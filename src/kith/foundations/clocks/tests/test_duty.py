"""Clocks hold across weekends, bank holidays and the clocks going back: a few days by hand, then thousands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.foundations.clocks import Allowed, due, first_due, is_working_day, read_rules, rules_for, working_days_between
from kith.foundations.clocks.duty import HERE

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2031, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
DAYS_ALLOWED = st.integers(0, 60)


def here(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=HERE)


@pytest.mark.parametrize(
    ("start", "allowed", "expected"),
    [
        (here(2026, 11, 3, 16, 10), Allowed(1, "working days"), here(2026, 11, 4, 16, 10)),  # Tuesday to Wednesday
        (here(2026, 11, 6, 16), Allowed(1, "working days"), here(2026, 11, 9, 16)),  # Friday to Monday
        (here(2026, 11, 7, 23, 30), Allowed(1, "working days"), here(2026, 11, 9, 23, 30)),  # Saturday to Monday
        (here(2026, 12, 24, 11), Allowed(1, "working days"), here(2026, 12, 29, 11)),  # over Christmas, Monday 28th off
        (here(2027, 3, 25, 9), Allowed(1, "working days"), here(2027, 3, 30, 9)),  # over Good Friday and Easter Monday
        (
            here(2026, 10, 23, 16),
            Allowed(1, "working days"),
            here(2026, 10, 26, 16),
        ),  # the clocks go back on Sunday 25th
        (
            here(2026, 10, 24, 12),
            Allowed(24, "hours"),
            here(2026, 10, 25, 11),
        ),  # 24 hours that passed: 11 am by the clock
        (here(2026, 3, 28, 12), Allowed(72, "hours"), here(2026, 3, 31, 13)),  # and forward
        (here(2026, 10, 20, 10), Allowed(1, "weeks"), here(2026, 10, 27, 10)),  # a week later at the same time of day
    ],
)
def test_by_hand(start: datetime, allowed: Allowed, expected: datetime) -> None:
    assert due(start, allowed) == expected.astimezone(UTC)


@given(MOMENTS, DAYS_ALLOWED)
def test_working_days_are_counted_and_the_time_of_day_stays(start: datetime, days: int) -> None:
    end = due(start, Allowed(days, "working days")).astimezone(HERE)
    begun = start.astimezone(HERE)
    assert is_working_day(end.date())
    assert working_days_between(begun.date(), end.date()) in ({days} if days or is_working_day(begun.date()) else {1})
    assert end.time() == begun.time()  # the clocks change on Sundays, and nothing is due on one


@given(MOMENTS, st.integers(0, 400))
def test_hours_are_hours_that_passed(start: datetime, hours: int) -> None:
    assert due(start, Allowed(hours, "hours")) - start == timedelta(hours=hours)


@given(MOMENTS, MOMENTS, DAYS_ALLOWED)
def test_what_began_later_is_never_due_earlier_by_a_day(one: datetime, other: datetime, days: int) -> None:
    first, second = sorted((one, other))
    allowed = Allowed(days, "working days")
    assert due(first, allowed).astimezone(HERE).date() <= due(second, allowed).astimezone(HERE).date()


@given(MOMENTS, DAYS_ALLOWED)
def test_more_time_allowed_is_never_due_sooner(start: datetime, days: int) -> None:
    assert due(start, Allowed(days, "working days")) <= due(start, Allowed(days + 1, "working days"))


def test_a_clock_starts_in_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        due(datetime(2026, 11, 3, 9), Allowed(1, "hours"))  # noqa: DTZ001


ROWS = [
    {"key": "seen", "title": "Seen", "starts": "a", "stops": "b", "allowed": "10 working days", "kind": "law",
     "source": "An Act", "since": date(2018, 1, 1), "until": date(2026, 4, 28)},
    {"key": "seen", "title": "Seen", "starts": "a", "stops": "b", "allowed": "5 working days", "kind": "law",
     "source": "Another Act", "since": date(2026, 4, 29)},
    {"key": "seen", "title": "Seen", "starts": "a", "stops": "b", "allowed": "1 working day", "kind": "local",
     "source": "Here", "since": date(2020, 1, 1), "checked": True},
]  # fmt: skip


def test_the_rule_in_force_when_the_duty_began_counts() -> None:
    rules = read_rules(ROWS)
    before, after = here(2026, 4, 28, 9), here(2026, 4, 29, 9)
    assert [rule.source for rule in rules_for(rules, "seen", before)] == ["An Act", "Here"]
    assert [rule.source for rule in rules_for(rules, "seen", after)] == ["Another Act", "Here"]
    assert [rule.checked for rule in rules_for(rules, "seen", after)] == [False, True]
    assert first_due(rules, "seen", after) == here(2026, 4, 30, 9).astimezone(UTC)
    assert first_due(rules, "unheard of", after) is None


@pytest.mark.parametrize("wrong", ["ten days", "3 fortnights", "-1 days"])
def test_a_time_allowed_that_makes_no_sense_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="Not a time allowed"):
        read_rules([{**ROWS[0], "allowed": wrong}])
