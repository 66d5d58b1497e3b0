"""Small numbers against somebody with every published number and a linear program."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from kith.insight.rules.periods import Window
from kith.insight.rules.suppression import Figures, Published, Settings, lines, publishable, together, years
from kith.insight.tests.attacker import is_narrowed
from kith.insight.tests.tables import FIRST, Table, attacker_of, figures, random_table, small

USUAL = Settings()


def found_out(table: Table, told: list[tuple[Figures, Published]], settings: Settings = USUAL) -> list[str]:
    """Every small number that an attacker works out, or narrows down to within one."""
    asked = small(table, settings)
    if not asked:
        return []
    bounds = attacker_of(table, told).bounds([atoms for *_, atoms in asked])
    return [
        f"{what} is {number}: {limits}"
        for (what, number, _), limits in zip(asked, bounds, strict=True)
        if is_narrowed(number, limits)
    ]


def told_at_once(table: Table) -> list[tuple[Figures, Published]]:
    all_of_it = figures(table)
    return [(all_of_it, publishable(all_of_it))]


def until(table: Table, months: int) -> Table:
    """What was known of a table after so many months."""
    return Table(table.months[:months], {breakdown: rows[:months] for breakdown, rows in table.groups.items()})


@pytest.mark.parametrize("seed", range(30))
def test_nothing_small_is_found_out_in_three_years(seed: int) -> None:
    table = random_table(seed, 32, (2, 4))
    assert found_out(table, told_at_once(table)) == []


@pytest.mark.parametrize("start", range(0, 1000, 100))
def test_nothing_small_is_found_out_in_a_thousand_sparse_years(start: int) -> None:
    for seed in range(start, start + 100):
        table = random_table(10_000 + seed, 12, (3,))
        assert (seed, found_out(table, told_at_once(table))) == (seed, [])


@pytest.mark.parametrize("seed", range(12))
def test_nothing_small_is_found_out_by_who_keeps_every_monthly_cut(seed: int) -> None:
    table = random_table(500 + seed, 27, (3,))
    told = [one for months in range(1, 28) for one in told_at_once(until(table, months))]
    assert found_out(table, told) == []


@pytest.mark.parametrize("seed", range(60))
def test_a_later_cut_takes_nothing_back(seed: int) -> None:
    table = random_table(700 + seed, 30, (4, 7))
    shown: set[tuple[str, Window, str]] = set()
    for months in range(1, 31):
        published = told_at_once(until(table, months))[0][1]
        now = {*published.groups, *(("", window, "") for window in published.totals)}
        assert shown <= now
        shown = now


COUNTS = st.lists(st.lists(st.integers(0, 7), min_size=3, max_size=3), min_size=12, max_size=12)


@examples(max_examples=60, deadline=None)
@given(COUNTS)
def test_nothing_small_is_found_out_in_any_year(counts: list[list[int]]) -> None:
    rows = np.array(counts)
    table = Table(tuple(int(one) for one in rows.sum(axis=1)), {"breakdown": rows})
    assert found_out(table, told_at_once(table)) == []


def no_second_group(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "is_line_safe", lambda *_: True)


def no_look_at_the_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(years, "is_safe", lambda *_: True)


def no_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide small totals, and nothing else."""
    usual = together.adding_up

    def only_small(earlier, totals, as_at, settings, kin):  # type: ignore[no-untyped-def]
        numbers, _, *rest = usual(earlier, totals, as_at, settings, kin)
        return numbers, frozenset(window for window in totals if not numbers[window].is_small(settings)), *rest

    monkeypatch.setattr(together, "adding_up", only_small)


@pytest.mark.parametrize("weakness", [no_second_group, no_look_at_the_year, no_blocks])
def test_a_weakness_is_caught(weakness: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch) -> None:
    weakness(monkeypatch)
    tables = [random_table(10_000 + seed, 12, (3,)) for seed in range(60)]
    assert any(found_out(table, told_at_once(table)) for table in tables)


def test_one_number_too_many_is_caught() -> None:
    """A hidden group shown by one format only."""
    caught = 0
    for seed in range(40):
        table = random_table(10_000 + seed, 12, (3,))
        all_of_it = figures(table)
        published = publishable(all_of_it)
        hidden = {
            (breakdown, window, group)
            for breakdown, window in published.broken_down
            for group, number in all_of_it.groups[breakdown, window].items()
            if (breakdown, window, group) not in published.groups and not number.is_small(USUAL)
        }
        for cell in sorted(hidden)[:1]:
            leaked = dataclasses.replace(published, groups=published.groups | {cell})
            caught += bool(found_out(table, [(all_of_it, published), (all_of_it, leaked)]))
    assert caught > 5


def last_months(table: Table, months: int, keep: int) -> Figures:
    """What a cut holds that reaches so many months back and no further."""
    every = figures(until(table, months))
    begins = FIRST + max(0, months - keep)
    return Figures(
        every.adds,
        {window: number for window, number in every.totals.items() if window.first >= begins},
        {(of, window): groups for (of, window), groups in every.groups.items() if window.first >= begins},
    )


@pytest.mark.parametrize("seed", range(25))
def test_nothing_small_is_found_out_from_cuts_that_begin_a_month_later_each(seed: int) -> None:
    table = random_table(900 + seed, 33, (3,))
    told = [(one, publishable(one)) for one in (last_months(table, months, 30) for months in range(20, 34))]
    assert found_out(table, told) == []
