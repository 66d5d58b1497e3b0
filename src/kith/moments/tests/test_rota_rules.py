"""Who is on call at a moment, against an oracle that looks at every minute; and the nights when the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from kith.moments.rules.rota import ShiftKind, Span, gaps, hours_of, in_order, is_day, next_day, on_call_at

LONDON = ZoneInfo("Europe/London")
BEFORE_CHANGES = [date(2026, 3, 27), date(2026, 10, 23), date(2027, 3, 26), date(2026, 11, 5)]
MINUTE = timedelta(minutes=1)
HOURS = 4 * 24


def begin(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


@st.composite
def weekends(draw: st.DrawFn) -> tuple[datetime, list[Span]]:
    """Shifts of any length on the days around a change of the clocks, to the quarter of an hour."""
    first = begin(draw(st.sampled_from(BEFORE_CHANGES)))
    quarter = st.integers(0, HOURS * 4)
    spans = []
    for _ in range(draw(st.integers(0, 8))):
        start, length = draw(quarter), draw(st.integers(1, 80))
        starts = first + start * 15 * MINUTE
        spans.append(Span(draw(st.integers(1, 4)), starts, starts + length * 15 * MINUTE))
    return first, spans


def on_at(spans: list[Span], moment: datetime) -> set[int]:
    """The oracle: each shift is walked through, quarter by quarter."""
    found = set()
    for span in spans:
        quarter = span.starts
        while quarter != span.ends:
            if quarter <= moment < quarter + 15 * MINUTE:
                found.add(span.who)
            quarter += 15 * MINUTE
    return found


@settings(max_examples=150, deadline=None)
@given(weekends(), st.integers(0, HOURS * 60))
def test_who_is_on_call_is_whoever_the_oracle_says(told: tuple[datetime, list[Span]], minute: int) -> None:
    first, spans = told
    moment = first + minute * MINUTE
    found = on_call_at(spans, moment)
    assert set(found) == on_at(spans, moment)
    assert len(set(found)) == len(found)
    assert in_order(spans, moment)[: len(found)] == found


@settings(max_examples=150, deadline=None)
@given(weekends())
def test_a_gap_is_every_quarter_in_which_the_oracle_finds_nobody(told: tuple[datetime, list[Span]]) -> None:
    first, spans = told
    last = first + timedelta(hours=HOURS)
    empty = gaps(spans, first, last)
    for n in range(HOURS * 4):
        quarter = first + n * 15 * MINUTE
        assert any(start <= quarter < end for start, end in empty) == (not on_at(spans, quarter)), quarter
    assert all(start < end for start, end in empty)
    assert all(one[1] < other[0] for one, other in zip(empty, empty[1:], strict=False))


@settings(max_examples=100, deadline=None)
@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_day_and_night_fill_every_day_by_the_clock_on_the_wall(day: date) -> None:
    """Also on the 23 and the 25 hours of the days when the clocks change."""
    spans = [Span(1, *hours_of(ShiftKind.DAY, day)), Span(2, *hours_of(ShiftKind.NIGHT, day))]
    assert gaps(spans, spans[0].starts, spans[1].ends) == ()
    moment = spans[0].starts
    while moment < spans[1].ends:
        hour = moment.astimezone(LONDON).hour
        assert on_call_at(spans, moment) == ((1,) if 8 <= hour < 23 else (2,))
        assert is_day(moment) == (8 <= hour < 23)
        moment += 30 * MINUTE


def test_what_can_wait_for_the_day_waits_for_eight() -> None:
    waits = [(3, 16, 10), (3, 23, 30), (4, 2, 0), (4, 8, 0)]
    begins = [next_day(datetime(2026, 11, day, hour, minute, tzinfo=UTC)) for day, hour, minute in waits]
    assert [(one.day, one.hour, one.minute) for one in begins] == [(3, 16, 10), (4, 8, 0), (4, 8, 0), (4, 8, 0)]


def test_the_night_the_clocks_go_back_has_ten_hours_and_the_other_eight() -> None:
    back = hours_of(ShiftKind.NIGHT, date(2026, 10, 24))
    forward = hours_of(ShiftKind.NIGHT, date(2026, 3, 28))
    assert [ends - starts for starts, ends in (back, forward)] == [timedelta(hours=10), timedelta(hours=8)]


def test_whoever_comes_on_is_paged_after_those_who_are_on() -> None:
    first = begin(date(2026, 11, 5))
    hour = timedelta(hours=1)
    spans = [Span(3, first + 9 * hour, first + 12 * hour), Span(1, first, first + 8 * hour),
             Span(2, first + 8 * hour, first + 9 * hour), Span(1, first + 12 * hour, first + 14 * hour)]  # fmt: skip
    assert in_order(spans, first + hour) == (1, 2, 3)
    assert in_order(spans, first + 8 * hour) == (2, 3, 1)  # at the change, whoever comes is on call
