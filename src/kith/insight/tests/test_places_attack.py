"""What pages of places tell, against somebody who asks for every month of work, every hour and every share."""

from __future__ import annotations

import numpy as np
import pytest

from kith.foundations.charts import Hidden
from kith.insight.presenters.places import week_grid
from kith.insight.presenters.places_change import ENOUGH, _number
from kith.insight.rules.before_after import before_and_after
from kith.insight.rules.places import FEW, in_words
from kith.insight.rules.suppression.tens import TEN
from kith.insight.tests.attacker import Attacker, is_narrowed

MONTHS = 24
FAR = 60  # events of the control area in each month: enough never to be what is asked about


def bounds_of(words: str) -> tuple[int, int]:
    """Between what a number lies by what is written of it."""
    if words == "fewer than 10":
        return 0, 9
    least, most = words.split(" to ")
    return int(least), int(most)


def months_found_out(counts: list[int], steps: int = TEN) -> list[str]:
    """Small months that follow from before-and-after pages asked for with work in every month."""
    attacker = Attacker()
    for began in range(1, MONTHS - 1):
        found = before_and_after(counts, [FAR] * MONTHS, work_began=began, work_ended=began + 1, in_steps_of=steps)
        if max(found.place) < ENOUGH:
            continue
        for number, inside in zip(found.place, (range(began), range(began + 1, MONTHS)), strict=True):
            least, most = bounds_of(_number(number)) if steps == TEN else (number, number)
            above, below = (("above", str(began), str(inside)), ("below", str(began), str(inside)))
            attacker.knows(tuple(("month", str(one)) for one in inside), least, (above,))
            attacker.knows((above, below), most - least)
    small = [at for at in range(MONTHS) if 0 < counts[at] < 5 and ("month", str(at)) in attacker.atoms]
    if not small:
        return []
    every = attacker.bounds([(("month", str(at)),) for at in small])
    return [f"month {at}: {counts[at]} in {limits}" for at, limits in zip(small, every, strict=True)
            if is_narrowed(counts[at], limits)]  # fmt: skip


def made(seed: int) -> list[int]:
    lot = np.random.default_rng(seed)
    return [int(one) for one in lot.poisson(lot.choice([0.5, 1.0, 2.5, 5.0]), MONTHS)]


@pytest.mark.parametrize("seed", range(60))
def test_no_small_month_is_found_out_by_asking_of_work_in_every_month(seed: int) -> None:
    assert months_found_out(made(seed)) == []


def test_before_and_after_in_exact_numbers_is_caught() -> None:
    assert any(months_found_out(made(seed), steps=1) for seed in range(10))


@pytest.mark.parametrize("seed", range(200))
def test_the_share_in_the_sentence_of_a_week_says_no_more_than_the_numbers_beside_it(seed: int) -> None:
    """Weeks with other exact numbers, rounded to the same, say the same."""
    lot = np.random.default_rng(seed)
    of = int(lot.integers(12, 400))
    seen = int(lot.integers(8, of + 1))
    said = {
        week_grid("When", _week(one, other)).sentence
        for one in _rounded_alike(seen)
        for other in _rounded_alike(of)
        if one <= other
    }
    assert len(said) == 1


def _rounded_alike(number: int) -> list[int]:
    return [one for one in range(max(5, number - 5), number + 6) if in_words(one, 0) == in_words(number, 0)]


def _week(seen: int, of: int) -> dict[str, object]:
    words = f"{seen / of:.0%} between 3 and 4 pm on weekdays".replace("%", " %", 1)
    run = {"words": words, "seen": seen, "of": of, "expected": 3.0}
    return {"cells": [[0] * 24] * 7, "run": run, "outlined": [], "timed": max(of, 10), "exposure": False}


def test_hours_of_one_to_four_are_not_told_and_others_in_fives() -> None:
    cells = [[hour if day == 0 else 0 for hour in range(24)] for day in range(7)]
    shown = week_grid("When", {"cells": cells, "run": None, "outlined": [], "timed": 300, "exposure": False}).cells[0]
    assert all(isinstance(one, Hidden) for one in shown[1:5])
    assert list(shown[5:]) == [5, 5, 5, 10, 10, 10, 10, 10, 15, 15, 15, 15, 15, 20, 20, 20, 20, 20, 25]
    assert in_words(3, 3) == FEW
