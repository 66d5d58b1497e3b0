"""Cuts between which records come late: nothing small is found out by who has read them all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from kith.insight.rules.periods import Window
from kith.insight.rules.suppression import Adds, Figures, Number, Told, settled, standing, tell, together
from kith.insight.tests.corrections import chain, found_out, is_settled_on, told_after
from kith.insight.tests.tables import FIRST, windows


@pytest.mark.parametrize("seed", range(24))
def test_nothing_small_is_found_out_from_cuts_with_late_corrections(seed: int) -> None:
    assert found_out(chain(seed, months=26, groups=2 + seed % 3)) == []


@pytest.mark.parametrize("seed", range(100, 108))
def test_nothing_small_is_found_out_where_cuts_begin_later_each_time(seed: int) -> None:
    assert found_out(chain(seed, months=30, groups=3, keep=16)) == []


def each_by_itself(figures: Figures, earlier: Told | None, as_at: date) -> Told:
    """A weakness: every cut as if there had been none before."""
    return tell(figures, as_at=as_at)


def test_cuts_that_know_nothing_of_each_other_are_caught() -> None:
    assert any(found_out(chain(seed, months=26, groups=3, tell_it=each_by_itself)) for seed in range(6))


def any_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settled totals are told anew however little they changed."""
    monkeypatch.setattr(standing, "is_little", lambda *_: False)


def no_old_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = standing.boundaries
    monkeypatch.setattr(
        standing, "boundaries", lambda *given, **named: usual(*given, **{**named, "known": frozenset()})
    )


def groups_told_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "kept_lines", lambda *_: frozenset())
    monkeypatch.setattr(settled, "is_little", lambda *_: False)


@pytest.mark.parametrize("weakness", [any_change, no_old_blocks, groups_told_anew])
def test_a_weaker_chain_is_caught(
    weakness: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    weakness(monkeypatch)
    assert any(found_out(chain(seed, months=26, groups=3, tell_it=told_after)) for seed in range(24))


def children(seed: int) -> list[tuple[date, Told]]:
    """Cuts of how many children were reported in each window, some reports late, some taken back."""
    lot = np.random.default_rng(seed)
    many = int(lot.choice([15, 60, 250]))
    reports = np.column_stack([lot.integers(0, many // 3, many), lot.integers(0, 27, many), lot.integers(0, 2, many)])
    comes = reports[:, 1] + np.where(lot.random(many) < 0.3, lot.integers(1, 9, many), 0)
    goes = np.where(lot.random(many) < 0.1, comes + lot.integers(1, 9, many), 99)
    found: list[tuple[date, Told]] = []
    for months in range(8, 28):
        known = reports[(comes < months) & (goes >= months)]
        totals = {window: _children(known, window) for window in windows(months)}
        as_at = (FIRST + months).first.replace(day=20)
        told = tell(Figures(Adds.NOT, totals, {}), earlier=found[-1][1] if found else None, as_at=as_at)
        found.append((as_at, told))
    return found


def _children(known: np.ndarray, window: Window) -> Number:
    """Children reported in a window; of these those of any report of whom something is true."""
    inside = (known[:, 1] >= window.first.index - FIRST.index) & (known[:, 1] <= window.last.index - FIRST.index)
    return Number(len(np.unique(known[inside, 0])), len(np.unique(known[inside & (known[:, 2] > 0), 0])))


def few_told(taken: list[tuple[date, Told]]) -> list[str]:
    """Small differences between anything told of windows of which one holds the other, in whichever cuts.

    And between what was told of one window once it was settled.
    """
    said = {
        (window, part, number, as_at)
        for as_at, told in taken
        for window in told.published.totals
        for part, number in enumerate(_read(told, window))
    }
    return [
        f"{one} {number} in {day}, {other} {less} in {then}"
        for one, part, number, day in said
        for other, of, less, then in said
        if part == of
        and 0 < abs(number - less) < 5
        and one.first <= other.first
        and other.last <= one.last
        and ((one.first, one.last) != (other.first, other.last) or is_settled_on(one, min(day, then)))
    ]


def _read(told: Told, window: Window) -> tuple[int, ...]:
    number = told.figures.totals[window]
    return (number.count, *(number.parts or ())) if window in told.published.total_shares else (number.count,)


@pytest.mark.parametrize("seed", range(30))
def test_windows_of_children_differ_by_nothing_small_in_any_two_cuts(seed: int) -> None:
    taken = children(seed)
    assert few_told(taken) == []
    assert not any(
        0 < number < 5 for _, told in taken for window in told.published.totals for number in _read(told, window)
    )


def test_children_told_anew_however_few_they_are_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    any_change(monkeypatch)
    assert any(few_told(children(seed)) for seed in range(10))


@pytest.mark.parametrize("seed", range(20))
def test_without_corrections_every_total_is_told_as_if_there_had_been_no_other_cut(seed: int) -> None:
    lot = np.random.default_rng(seed)
    rows = [int(one) for one in lot.poisson(lot.choice([2, 6, 14]), 26)]
    earlier: Told | None = None
    for months in range(1, 27):
        every = windows(months)
        totals = {
            one: Number(sum(rows[one.first.index - FIRST.index : one.last.index - FIRST.index + 1])) for one in every
        }
        figures = Figures(Adds.UP, totals, {})
        earlier = tell(figures, earlier=earlier, as_at=(FIRST + months).first)
        assert earlier.published.totals == together.publishable(figures).totals
        assert earlier.figures.totals == totals
