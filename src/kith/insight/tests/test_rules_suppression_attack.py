"""Small numbers against somebody with every published number and a linear program."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from kith.insight.rules.suppression import Figures, Published, Settings, publishable
from kith.insight.tests.attacker import is_narrowed
from kith.insight.tests.tables import Table, attacker_of, figures, random_table, small

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


@pytest.mark.parametrize("seed", range(40))
def test_nothing_small_is_found_out_in_three_years(seed: int) -> None:
    table = random_table(seed, 32, (2, 4))
    all_of_it = figures(table)
    assert found_out(table, [(all_of_it, publishable(all_of_it))]) == []


@pytest.mark.parametrize("start", range(0, 1000, 50))
def test_nothing_small_is_found_out_in_a_thousand_sparse_years(start: int) -> None:
    for seed in range(start, start + 50):
        table = random_table(10_000 + seed, 12, (3,))
        all_of_it = figures(table)
        assert (seed, found_out(table, [(all_of_it, publishable(all_of_it))])) == (seed, [])
