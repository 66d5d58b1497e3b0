"""Counting a year: five measures, changes, small numbers, and why two agencies differ. Plain Python."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from kith.missing.rules.care import Spell, in_care_on, spells
from kith.missing.rules.counts import (
    Counted,
    Line,
    Side,
    Told,
    ToldBy,
    Why,
    compare,
    counted_by,
    five,
    hide_small,
    percent_change,
    twelve_months,
)

AS_AT = date(2026, 4, 1)
YEAR = twelve_months(AS_AT)
BEGAN = datetime(2025, 9, 1, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)


def told(absence: int, side: Side = Side.POLICE, **fields: Any) -> Told:
    """An account of ten hours unless said otherwise."""
    given = Told(absence, fields.pop("child", 1), side, fields.pop("began", BEGAN), **fields)
    return given if given.ended or "ended" in fields else replace(given, ended=given.began + 10 * HOUR)


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [(154, 137, "+12.4%"), (370, 389, "-4.9%"), (69, 75, "-8.0%"), (26, 32, "-18.8%"), (16, 18, "-11.1%"),
     (3, 0, "n/a"), (4, 4, "0.0%"), (1, 80, "-98.8%")],
)  # fmt: skip
def test_changes_as_the_published_table_has_them(now: int, before: int, words: str) -> None:
    assert percent_change(now, before) == words
    assert Line("Missing children", now, before).change == now - before


def test_the_five_measures() -> None:
    days = [(1, date(2025, 4, 1), True), (1, date(2026, 3, 31), True), (2, date(2025, 6, 1), False),
            (2, date(2025, 7, 1), True), (3, date(2026, 4, 1), True), (4, date(2025, 3, 31), True)]  # fmt: skip
    counted = [Counted(*day) for day in days]
    assert five(counted, YEAR.first, YEAR.as_at) == (2, 4, 2, 2, 1)
    assert five(counted, YEAR.before, YEAR.first) == (1, 1, 0, 1, 0)


def test_twelve_months_as_at_a_leap_day() -> None:
    assert (twelve_months(date(2028, 2, 29)).first, twelve_months(date(2028, 2, 29)).before) == (
        date(2027, 2, 28),
        date(2026, 2, 28),
    )


def test_each_side_counts_its_own() -> None:
    accounts = [
        told(1),
        told(1, Side.COUNCIL),
        told(2, withdrawn=True),
        told(3, set_aside=True),
        told(4, Side.COUNCIL, missing=False),
        told(5, Side.OTHER),
    ]
    assert [len(counted_by(accounts, side)) for side in Side] == [1, 1, 1]


def test_an_account_counts_in_the_month_in_which_it_began_here() -> None:
    before_midnight = told(1, began=datetime(2026, 3, 31, 22, 30, tzinfo=UTC))
    after = told(1, began=datetime(2026, 3, 31, 23, 30, tzinfo=UTC))  # already 1 April in British Summer Time
    assert [one.on for one in (before_midnight, after)] == [date(2026, 3, 31), date(2026, 4, 1)]


@pytest.mark.parametrize(
    ("others", "own", "why"),
    [
        ([], {}, Why.NOT_TOLD),
        ([], {"ended": BEGAN + 3 * HOUR}, Why.SHORT),
        ([], {"is_day": True}, Why.DAY_ONLY),
        ([told(1, Side.COUNCIL, missing=False)], {}, Why.AWAY),
        ([told(1, Side.COUNCIL, withdrawn=True)], {}, Why.WITHDRAWN),
        ([told(1, Side.COUNCIL, began=datetime(2025, 3, 30, tzinfo=UTC))], {}, Why.OTHER_YEAR),
        ([told(2, Side.COUNCIL, kept_apart=True)], {}, Why.APART),
        ([told(2, Side.COUNCIL, began=BEGAN + 20 * HOUR)], {}, Why.CLOSE_BY),
        ([told(2, Side.COUNCIL, began=BEGAN + 48 * HOUR)], {}, Why.NOT_TOLD),
        ([told(2, Side.COUNCIL, child=2)], {}, Why.NOT_TOLD),
    ],
)
def test_why_the_council_does_not_tell_of_what_the_police_tell(
    others: list[Told], own: dict[str, Any], why: Why
) -> None:
    found = {one.absence: one for one in compare([told(1, **own), *others], YEAR)}
    assert (found[1].told_by, found[1].why) == (ToldBy.POLICE, why)


def test_the_parts_come_to_each_sides_reports() -> None:
    accounts = [told(1), told(1, Side.COUNCIL), told(1, Side.COUNCIL), told(2), told(3, Side.COUNCIL, by_person=True),
                told(3, by_person=True), told(4, Side.OTHER)]  # fmt: skip
    found = compare(accounts, YEAR)
    assert [(one.told_by, one.why) for one in found] == [
        (ToldBy.BOTH, Why.BY_RULE),
        (ToldBy.POLICE, Why.CLOSE_BY),
        (ToldBy.BOTH, Why.BY_PERSON),
        (ToldBy.NEITHER, Why.CLOSE_BY),
    ]
    assert sum(one.again for one in found) == 1
    assert len(counted_by(accounts, Side.COUNCIL)) == 2 + 0 + 1
    assert len(counted_by(accounts, Side.POLICE)) == 2 + 1


@pytest.mark.parametrize(
    ("parts", "shown"),
    [([0, 12, 30], [0, 12, 30]), ([0, 3, 30, 8], [0, None, 30, None]), ([1, 3, 30], [None, None, 30]), ([4], [None])],
)
def test_no_small_number_can_be_told_from_its_whole(parts: list[int], shown: list[int | None]) -> None:
    assert hide_small(parts) == shown


def test_times_in_care() -> None:
    starts = [date(2024, 5, 1), date(2024, 5, 3), date(2025, 2, 1), date(2025, 6, 1)]
    found = spells(starts, [date(2024, 9, 1), date(2025, 6, 1)])
    assert found == (
        Spell(date(2024, 5, 1), date(2024, 9, 1)),
        Spell(date(2025, 2, 1), date(2025, 6, 1)),
        Spell(date(2025, 6, 1)),
    )
    assert in_care_on(date(2024, 5, 1), found)
    assert not in_care_on(date(2024, 9, 1), found)
    assert in_care_on(date(2024, 9, 1), found, "childrens-home")
    assert not in_care_on(date(2024, 9, 1), found, "home")
