"""Days, times, ages and clocks in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.foundations.design_system import words

NOW = datetime(2026, 11, 3, 16, 10, tzinfo=UTC)  # Tuesday, winter time: the same clock here


def at(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def test_days() -> None:
    assert words.day(date(2026, 11, 3)) == "Tuesday 3 November 2026"
    assert words.short_day(date(2026, 11, 3)) == "3 Nov 2026"
    assert words.line_day(date(2026, 11, 3)) == "Tue 3"
    assert words.month(date(2026, 11, 3)) == "November 2026"


def test_a_moment_late_in_a_summer_evening_belongs_to_the_next_day_here() -> None:
    assert words.day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "Wednesday 1 July 2026"


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [
        (16, 10, "4:10 pm"),
        (9, 0, "9 am"),
        (0, 0, "midnight"),
        (12, 0, "midday"),
        (0, 5, "12:05 am"),
        (12, 30, "12:30 pm"),
    ],
)
def test_times(hour: int, minute: int, said: str) -> None:
    assert words.clock_time(at(3, hour, minute)) == said


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (at(3, 21), "today, 9 pm"),
        (at(4, 9), "tomorrow, 9 am"),
        (at(2, 9), "yesterday, 9 am"),
        (at(7, 9), "Saturday, 9 am"),
        (at(20, 9), "Friday 20 November, 9 am"),
        (at(1, 9), "Sunday 1 November, 9 am"),
        (at(5, 9, month=1, year=2027), "Tuesday 5 January 2027, 9 am"),
    ],
)
def test_a_moment_is_said_as_near_as_it_needs(when: datetime, said: str) -> None:
    assert words.moment(when, NOW) == said


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(days=3), "3 days"),
        (timedelta(days=35), "5 weeks"),
        (timedelta(days=200), "6 months"),
        (timedelta(days=1000), "2 years"),
    ],
)
def test_lengths(span: timedelta, said: str) -> None:
    assert words.length(span) == said


def test_clocks_say_their_state_in_words() -> None:
    assert words.clock(at(3, 21, 10), NOW).sentence == "due in 5 hours (today, 9:10 pm)"
    assert words.clock(at(3, 21, 10), NOW).state == "soon"
    assert words.clock(at(3, 14, 10), NOW).sentence == "overdue by 2 hours (today, 2:10 pm)"
    assert words.clock(at(9, 9), NOW).state == "later"
    assert words.clock(at(9, 9), NOW, done=NOW).words == "done in time"
    assert words.clock(at(2, 9), NOW, done=NOW).words == "done 31 hours late"


@given(st.timedeltas(min_value=timedelta(minutes=-90_000), max_value=timedelta(minutes=90_000)))
def test_a_clock_is_overdue_exactly_when_its_moment_has_passed(away: timedelta) -> None:
    told = words.clock(NOW + away, NOW)
    assert (told.state == "overdue") == (away < timedelta(0))
    assert ("overdue" in told.words) == (told.state == "overdue")


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (date(2010, 12, 8), "15, turns 16 in 5 weeks"),
        (date(2010, 11, 10), "15, turns 16 in 7 days"),
        (date(2010, 11, 3), "16, 16 today"),
        (date(2011, 5, 1), "15"),
        (date(1984, 11, 10), "41"),
        (date(2025, 9, 20), "13 months old"),
        (date(2026, 10, 20), "2 weeks old"),
        (date(2026, 12, 1), "not yet born"),
    ],
)
def test_age_on_the_day(born: date, said: str) -> None:
    assert words.age(born, date(2026, 11, 3)) == said


def test_born_on_a_leap_day() -> None:
    assert words.age_in_years(date(2012, 2, 29), date(2026, 2, 28)) == 13
    assert words.age_in_years(date(2012, 2, 29), date(2026, 3, 1)) == 14
    assert words.age(date(2012, 2, 29), date(2026, 2, 28)) == "13, turns 14 in 1 day"


@given(st.dates(date(1920, 1, 1), date(2024, 12, 31)), st.dates(date(2025, 1, 1), date(2030, 12, 31)))
def test_age_always_begins_with_the_years_of_the_law(born: date, on: date) -> None:
    years = words.age_in_years(born, on)
    if years >= 2:
        assert words.age(born, on).startswith(str(years))
        assert words.age(born, on + timedelta(days=370)).startswith(
            str(words.age_in_years(born, on + timedelta(days=370)))
        )


def test_ago_initials_counts() -> None:
    assert words.ago(at(3, 10, 10), NOW) == "6 hours ago"
    assert words.ago(NOW, NOW) == "just now"
    assert words.ago(at(6, 16, 10), NOW) == "in 3 days"
    assert words.initials("Amara Osei") == "A O"
    assert words.initials("Anne-Marie d’Arcy") == "A M D"
    assert words.count(1, "entry", "entries") == "1 entry"
    assert words.count(1204, "person", "people") == "1,204 people"
