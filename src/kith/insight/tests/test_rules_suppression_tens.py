"""Numbers told in tens against somebody who has every profile of every subject and period, and a linear program."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import pytest

from kith.insight.rules.suppression import Number, Settings
from kith.insight.rules.suppression.tens import (
    NOT_TOLD,
    Told,
    change_words,
    in_tens,
    line_in_tens,
    share_words,
    tenths,
)
from kith.insight.tests.attacker import Atom, Attacker, is_narrowed

USUAL = Settings()
PLACES, KINDS, QUARTERS, YEAR = 4, 3, 6, 4
Cube = npt.NDArray[np.int64]  # places × kinds × quarters
Cells = tuple[Atom, ...]
Tell = Callable[[int], tuple[int, int]]


def cube(seed: int) -> Cube:
    """Events of an area: many of its numbers are small, and small ones stand beside ends of tens."""
    lot = np.random.default_rng(seed)
    usual = lot.choice([0.2, 1.0, 2.6, 5.0, 9.0], size=(PLACES, KINDS, 1))
    return lot.poisson(usual, size=(PLACES, KINDS, QUARTERS))


def atoms(places: range | list[int], kinds: range | list[int], quarters: range) -> Cells:
    return tuple((str(p), str(k), str(q)) for p in places for k in kinds for q in quarters)


def lines() -> Iterator[list[Cells]]:
    """Every line that profiles show, of each place, kind and area, in windows that overlap."""
    every_place, every_kind = range(PLACES), range(KINDS)
    for start in range(QUARTERS - YEAR + 1):
        window = range(start, start + YEAR)
        quarters = [range(one, one + 1) for one in window]
        for place in every_place:  # a place's profile: kinds, and quarters
            yield [atoms([place], [kind], window) for kind in every_kind]
            yield [atoms([place], every_kind, one) for one in quarters]
        for kind in every_kind:  # a theme's: places, and quarters
            yield [atoms([place], [kind], window) for place in every_place]
            yield [atoms(every_place, [kind], one) for one in quarters]
        yield [atoms(every_place, [kind], window) for kind in every_kind]  # a locality's: kinds, and places
        yield [atoms([place], every_kind, window) for place in every_place]


def number(table: Cube, cells: Cells) -> int:
    return int(sum(table[int(p), int(k), int(q)] for p, k, q in cells))


def tell_tens(count: int) -> tuple[int, int]:
    told = in_tens(Number(count))
    assert told.most is not None
    return told.least, told.most


def tell_fives(count: int) -> tuple[int, int]:
    """A weakness: to the nearest five."""
    if count < 5:
        return 0, 4
    middle = 5 * round(count / 5)
    return middle - 2, middle + 2


def tell_whole(count: int) -> tuple[int, int]:
    """A weakness: small ones hidden, all others whole."""
    return (0, 4) if count < 5 else (count, count)


def found_out(table: Cube, tell: Tell = tell_tens) -> list[str]:
    """Small numbers of lines that are narrowed down to within one, by all lines of all profiles together."""
    attacker, sums = Attacker(), {}
    for line in lines():
        for cells in (*line, tuple(atom for group in line for atom in group)):
            sums[cells] = number(table, cells)
    for at, (cells, count) in enumerate(sums.items()):
        least, most = tell(count)
        above, below = ("above", str(at), ""), ("below", str(at), "")
        attacker.knows(cells, least, (above,))
        attacker.knows((above, below), most - least)
    small = {cells: count for cells, count in sums.items() if USUAL.is_small(count)}
    if not small:
        return []
    bounds = attacker.bounds(list(small))
    return [
        f"{len(cells)} cells hold {count}: {limits}"
        for (cells, count), limits in zip(small.items(), bounds, strict=True)
        if is_narrowed(count, limits)
    ]


@pytest.mark.parametrize("seed", range(12))
def test_nothing_small_is_found_out_by_who_has_every_profile(seed: int) -> None:
    assert found_out(cube(seed)) == []


@pytest.mark.parametrize("weakness", [tell_fives, tell_whole])
def test_a_weaker_way_of_telling_is_caught(weakness: Tell) -> None:
    assert any(found_out(cube(seed), weakness) for seed in range(12))


@pytest.mark.parametrize("seed", range(200))
def test_no_small_hour_is_found_out_from_a_week_and_its_run(seed: int) -> None:
    """Hours in fives, the whole week and the run that stands out in tens: each sum is told without its parts."""
    lot = np.random.default_rng(seed)
    hours = lot.choice([0, 0, 0, 1, 4, 5, 6, 10], size=12)
    run = slice(0, int(lot.integers(2, 6)))
    told = [in_tens(Number(int(one)), by=5) for one in hours]
    for whole in (slice(0, 12), run):
        total = in_tens(Number(int(hours[whole].sum())))
        for at in range(12)[whole]:
            others = [one for number, one in enumerate(told) if number != at and number in range(12)[whole]]
            low = max(told[at].least, total.least - sum(one.most or 0 for one in others))
            high = min(told[at].most or 0, (total.most or 0) - sum(one.least for one in others))
            assert not (0 < hours[at] < 5 and is_narrowed(int(hours[at]), (low, high))), (hours, at, low, high)


@pytest.mark.parametrize("start", range(0, 1000, 250))
def test_nothing_small_is_found_out_by_who_knows_a_whole_exactly(start: int) -> None:
    for seed in range(start, start + 250):
        lot = np.random.default_rng(seed)
        counts = lot.choice([0, 1, 2, 3, 4, 9, 10, 11, 20, 30], size=int(lot.integers(2, 7)))
        whole = int(counts.sum())
        if whole < 10:
            continue
        told = line_in_tens({str(at): Number(int(one)) for at, one in enumerate(counts)})
        for at, count in enumerate(counts):
            others = [told[name] for name in told if name != str(at)]
            low = max(told[str(at)].least, whole - sum(whole if one.most is None else one.most for one in others))
            most = told[str(at)].most
            high = min(whole if most is None else most, whole - sum(one.least for one in others))
            assert not (0 < count < 5 and is_narrowed(int(count), (low, high))), (counts, at, (low, high))


def test_a_number_is_told_by_itself_alone_in_tens() -> None:
    told = [in_tens(Number(count)).words for count in (0, 1, 9, 10, 19, 20, 1234)]
    assert told == [
        "fewer than 10",
        "fewer than 10",
        "fewer than 10",
        "10 to 19",
        "10 to 19",
        "20 to 29",
        "1,230 to 1,239",
    ]
    assert in_tens(Number(4), by=5).words == "fewer than 5"
    assert in_tens(Number(7), by=5).words == "5 to 9"


def test_what_few_children_stand_behind_is_not_told_however_much_it_is() -> None:
    assert in_tens(Number(40, None, 4)) == NOT_TOLD
    assert in_tens(Number(40, None, 5)) == Told(40, 49)
    assert NOT_TOLD.words == "not shown: small number"


def test_one_more_group_is_not_told_where_the_whole_would_tell() -> None:
    told = line_in_tens({"a": Number(1), "b": Number(10), "c": Number(20)})
    assert [told[one].words for one in "abc"] == ["not shown: small number", "not shown: small number", "20 to 29"]
    told = line_in_tens({"a": Number(1), "b": Number(15), "c": Number(28)})
    assert [told[one].words for one in "abc"] == ["fewer than 10", "10 to 19", "20 to 29"]


@pytest.mark.parametrize(
    ("part", "whole", "words", "many"),
    [
        (0, 100, "fewer than 1 in 10", None),
        (3, 100, "fewer than 1 in 10", None),
        (40, 100, "about 4 in 10", 4),
        (99, 101, "about 9 in 10", 9),
        (100, 101, "nearly all", 10),
        (3, 15, "too few to say", None),
        (3, 25, "fewer than 5 in 10", None),
    ],
)
def test_shares_come_from_what_is_told(part: int, whole: int, words: str, many: int | None) -> None:
    told, all_of_it = in_tens(Number(part)), in_tens(Number(whole))
    assert share_words(told, all_of_it) == words
    assert tenths(told, all_of_it) == many


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (0, 0, "too few to say"),
        (15, 12, "too few to say"),
        (25, 3, "more"),
        (104, 100, "about the same"),
        (144, 104, "about 40% more"),
        (60, 121, "about 50% fewer"),
    ],
)
def test_changes_come_from_what_is_told(now: int, before: int, words: str) -> None:
    assert change_words(in_tens(Number(now)), in_tens(Number(before))) == words
