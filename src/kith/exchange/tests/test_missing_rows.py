"""Which absences the looked after children return takes: each rule by name, then random lives against the oracle."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.exchange.rules.missing_rows import (
    BEFORE_BIRTH,
    ENDED_IN_ANOTHER_YEAR,
    ENDED_WITH_CARE,
    ENDED_WITH_PLACEMENT,
    NOT_IN_CARE,
    AbsenceTold,
    missing_rows,
)
from kith.exchange.rules.years import CollectionYear, collection_year, months_before
from kith.missing.rules.care import Spell
from kith.missing.tests import oracle

YEAR = collection_year("2025-26")
BORN = date(2011, 5, 4)
CARE = (Spell(date(2024, 2, 1), date(2025, 9, 1)), Spell(date(2026, 1, 10)))


def rows_of(
    *absences: tuple[str, date, date | None], placements: tuple[Spell, ...] = ()
) -> tuple[list[tuple[date, date | None]], list[tuple[str, bool]]]:
    told = [AbsenceTold(f"M-{n}", letter, gone, back) for n, (letter, gone, back) in enumerate(absences)]
    rows, remarks = missing_rows(told, born=BORN, care=CARE, placements=placements, year=YEAR)
    return [(row.start, row.end) for row in rows], [(one.why, one.kept) for one in remarks]


@pytest.mark.parametrize("text", ["2026", "2025-26", "2025/26", "2025-2026"])
def test_the_year_is_given_as_people_say_it(text: str) -> None:
    assert collection_year(text) == CollectionYear(date(2025, 4, 1), date(2026, 3, 31))


@pytest.mark.parametrize("text", ["", "26", "2025-27", "this year", "3000", "2025-25"])
def test_what_is_no_year_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        collection_year(text)


def test_months_before_a_day() -> None:
    assert months_before(date(2026, 8, 31), 6) == date(2026, 2, 28)
    assert months_before(date(2026, 1, 5), 12) == date(2025, 1, 5)


def test_over_before_the_year_or_begun_after_it() -> None:
    told = rows_of(("M", date(2025, 3, 1), date(2025, 3, 31)), ("M", date(2026, 4, 1), None))
    assert told == ([], [])


def test_carried_over_and_left_open() -> None:
    over = ("M", date(2025, 3, 30), date(2025, 4, 1))
    beyond = ("A", date(2026, 3, 30), date(2026, 4, 2))
    assert rows_of(over, beyond) == ([(over[1], over[2]), (beyond[1], None)], [])


def test_not_in_care_and_not_born() -> None:
    assert rows_of(("M", date(2025, 9, 1), date(2025, 9, 2))) == ([], [(NOT_IN_CARE, False)])
    assert rows_of(("M", BORN, None)) == ([], [(BEFORE_BIRTH, False)])


def test_it_ends_with_care_and_with_the_placement() -> None:
    found = rows_of(("M", date(2025, 8, 30), date(2025, 9, 4)))
    assert found == ([(date(2025, 8, 30), date(2025, 9, 1))], [(ENDED_WITH_CARE, True)])
    home = (Spell(date(2026, 1, 10), date(2026, 2, 20)),)
    found = rows_of(("M", date(2026, 2, 10), None), placements=home)
    assert found == ([(date(2026, 2, 10), date(2026, 2, 20))], [(ENDED_WITH_PLACEMENT, True)])


def test_what_an_earlier_return_ended_with_the_placement_is_not_carried_over() -> None:
    left = (Spell(date(2024, 2, 1), date(2025, 3, 20)),)
    assert rows_of(("M", date(2025, 3, 10), date(2025, 4, 9)), placements=left) == (
        [],
        [(ENDED_IN_ANOTHER_YEAR, False)],
    )


def test_the_first_of_two_that_overlap_stays_and_the_other_is_listed() -> None:
    first, touching = ("M", date(2025, 6, 1), date(2025, 6, 3)), ("M", date(2025, 6, 3), date(2025, 6, 3))
    inside = ("A", date(2025, 6, 2), date(2025, 6, 3))
    rows, remarks = rows_of(first, inside, touching)
    assert rows == [(first[1], first[2]), (touching[1], touching[2])]
    assert ["M-0" in why and not kept for why, kept in remarks] == [True]


days = st.integers(-500, 500)
maybe = st.none() | st.integers(0, 40)
absences = st.lists(st.tuples(st.sampled_from("MA"), days, maybe), max_size=8)
spans = st.lists(st.tuples(days, st.none() | st.integers(1, 300)), max_size=3)


def in_turn(told: list[tuple[int, int | None]]) -> list[tuple[int, int | None]]:
    """Times that follow each other: each ends when the next begins, at the latest."""
    begun = sorted(dict(told).items())
    found = []
    for place, (start, length) in enumerate(begun):
        limits = [start + length] if length else []
        limits += [begun[place + 1][0]] if place + 1 < len(begun) else []
        found.append((start, min(limits, default=None)))
    return found


@settings(max_examples=2500, deadline=None, derandomize=True)
@given(absences, spans, spans, st.integers(-600, 100))
def test_random_lives_agree_with_the_oracle(
    told: list[tuple[str, int, int | None]],
    care: list[tuple[int, int | None]],
    placed: list[tuple[int, int | None]],
    birth: int,
) -> None:
    middle = date(2025, 10, 1).toordinal()
    lives = [(letter, middle + gone, None if back is None else middle + gone + back) for letter, gone, back in told]
    times, places = ([(middle + a, None if b is None else middle + b) for a, b in in_turn(of)] for of in (care, placed))
    found, remarks = missing_rows(
        [AbsenceTold(str(n), letter, day(gone), day(back) if back else None) for n, (letter, gone, back) in
         enumerate(lives)],
        born=day(middle + birth), care=spells_of(times), placements=spells_of(places), year=YEAR,
    )  # fmt: skip
    window = (YEAR.first.toordinal(), YEAR.last.toordinal())
    expected = oracle.rows_903(lives, middle + birth, times, places, window)
    assert [(one.letter, one.start.toordinal(), one.end.toordinal() if one.end else None) for one in found] == expected
    kept = {one.reference for one in found}
    assert {one.reference for one in remarks if one.kept} <= kept
    assert not {one.reference for one in remarks if not one.kept} & kept


def day(number: int) -> date:
    return date.fromordinal(number)


def spells_of(times: list[tuple[int, int | None]]) -> list[Spell]:
    return [Spell(day(since), day(until) if until else None) for since, until in times]
