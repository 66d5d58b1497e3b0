"""The week's profile and its sentence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.insight.engine.places.hours import between, midnight_means_unknown, profile_of, table, week_of

AFTER_SCHOOL = 15


def spread(total: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).multinomial(total, np.ones(168) / 168).reshape(7, 24)


def test_the_sentence_of_the_seed() -> None:
    week = spread(93, 3)
    week[:5, AFTER_SCHOOL] = [11, 12, 11, 11, 12]
    while week.sum() < 150:
        week[5, 2] += 1
        week[6, 9] += 1
    found = profile_of(week, seed=1)
    assert found.sentence.startswith("38% between 3 and 4 pm on weekdays (57 of 15")
    assert found.run is not None
    assert (found.run.start, found.run.length, found.run.seen) == (15, 1, 57)


def test_a_night_may_go_past_midnight_and_belongs_to_its_evening() -> None:
    week = spread(60, 4)
    for day in (4, 5):
        week[day, 23] += 10
        week[(day + 1) % 7, 0] += 10
    found = profile_of(week, seed=1).run
    assert found is not None
    assert found.words.endswith("between 11 pm and 1 am on Fridays and Saturdays")


def test_sunday_night_runs_into_monday() -> None:
    week = spread(30, 1)
    week[6, 23] += 12
    week[0, 0] += 12
    found = profile_of(week, seed=1).run
    assert found is not None
    assert found.words.endswith("between 11 pm and 1 am on Sundays")


def test_an_even_week_says_nothing_stands_out() -> None:
    found = profile_of(spread(200, 11), seed=1)
    assert found.run is None
    assert found.sentence == "No time of the week stands out among 200 events."


def test_a_handful_says_that_it_is_one() -> None:
    week = np.zeros((7, 24))
    week[0, 15] = 9
    assert profile_of(week, seed=1).sentence == "9 events with a time: too few to say when in the week."


def test_exposure_takes_the_pattern_of_being_there_away() -> None:
    """As many events as children are out: nothing stands out, though without exposure it does."""
    exposure = np.ones((7, 24))
    exposure[:5, 15] = 40
    rng = np.random.default_rng(2)
    week = rng.multinomial(300, (exposure / exposure.sum()).ravel()).reshape(7, 24)
    assert profile_of(week, seed=1).run is not None
    assert profile_of(week, seed=1, exposure=exposure).run is None


def test_events_where_nobody_could_be_are_refused() -> None:
    exposure = np.ones((7, 24))
    exposure[0, 0] = 0
    with pytest.raises(ValueError, match="no exposure"):
        profile_of(np.ones((7, 24)), seed=1, exposure=exposure)


@pytest.mark.parametrize(
    ("start", "length", "words"),
    [
        (15, 1, "between 3 and 4 pm"),
        (22, 4, "between 10 pm and 2 am"),
        (0, 7, "between midnight and 7 am"),
        (11, 1, "between 11 am and noon"),
        (11, 2, "between 11 am and 1 pm"),
        (12, 3, "between noon and 3 pm"),
        (23, 1, "between 11 pm and midnight"),
        (20, 12, "between 8 pm and 8 am"),
    ],
)
def test_hours_in_words(start: int, length: int, words: str) -> None:
    assert between(start, length) == words


@given(st.lists(st.tuples(st.integers(1, 7), st.integers(0, 1439)), max_size=200))
@settings(max_examples=50, deadline=None)
def test_every_event_is_in_the_table_once(events: list[tuple[int, int]]) -> None:
    days, minutes = [day for day, _ in events], [minute for _, minute in events]
    rows = table(week_of(days, minutes))
    assert len(rows) == 9
    assert rows[-1][-1] == len(events) == sum(row[-1] for row in rows[1:-1])
    assert [row[-1] for row in rows[1:-1]] == [days.count(day) for day in range(1, 8)]


def test_midnight_that_stands_for_unknown() -> None:
    rng = np.random.default_rng(1)
    told = rng.integers(1, 1440, 200)
    assert not midnight_means_unknown(told)
    assert midnight_means_unknown(np.concatenate([told, np.zeros(20)]))
