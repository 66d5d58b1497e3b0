"""Measures that count some of the same say so, and are told so that subtracting one from another tells nothing."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from kith.insight.engine import cutting, measuring
from kith.insight.queries.told import adds_up
from kith.insight.rules import periods
from kith.insight.rules.measures import Measure, measures, wholes_of
from kith.insight.rules.periods import Window
from kith.insight.rules.suppression import Adds, Figures, Kin, Number, Settings, Told, kin, standing, tell, together
from kith.insight.rules.suppression.kept import figures_from
from kith.insight.tests.attacker import Attacker, is_narrowed
from kith.insight.tests.tables import FIRST, windows
from tests.support.small_cut import AS_AT, small_star

USUAL = Settings()
SERIES = {
    "count": lambda one: one.count,
    "met": lambda one: one.met or 0,
    "unmet": lambda one: one.count - (one.met or 0),
}
MANY = 8  # counted in all, below which two series may be the same by chance
MADE_SO = {  # in the made star each absence has one report, one conversation, and is told of one way
    frozenset(pair)
    for pair in (
        ("missing-reports", "missing-overnight"),
        ("missing-reports", "absence-hours"),
        ("missing-children", "missing-and-exploited"),
        ("missing-children", "missing-children-out-of-school"),
    )
}


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Figures]:
    """Every measure's figures of the small star."""
    folder = tmp_path_factory.mktemp("cut")
    cutting.write_star(folder, small_star(), AS_AT)
    measuring.write_figures(folder, AS_AT)
    return dict(_read(folder))


def _read(folder: Path) -> Iterator[tuple[str, Figures]]:
    for key, measure in measures().items():
        told = json.loads((folder / "figures" / f"{key}.json").read_text(encoding="utf-8"))
        yield key, figures_from(adds_up(measure), told["windows"])


def are_related(one: Measure, other: Measure) -> bool:
    """Whether one is a part of the other, or both of a third; or one says that it is a group of the other."""
    every = measures()
    mine, theirs = ({of.key, *wholes_of(of, every)} for of in (one, other))
    groups = {(of.key, key) for of in (one, other) for key, _, _ in of.group_of}
    return bool(mine & theirs) or bool(groups & {(one.key, other.key), (other.key, one.key)})


def undeclared(counted: dict[str, Figures]) -> list[str]:
    """Pairs of measures that say nothing of each other, and of which one's number is the other's, or a group of it."""
    found = []
    series: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for key, figures in counted.items():
        for read in SERIES.values():
            row = tuple((window.key, read(number)) for window, number in sorted(figures.totals.items()))
            if sum(number for _, number in row) >= MANY:
                series[row].add(key)
    for same in series.values():
        found += [f"{one} is {other}" for one in same for other in same if one < other and not _say(one, other)]
    for key, figures in counted.items():
        for name, row in _groups(figures):
            found += [
                f"{other} is {name} of {key}"
                for other, theirs in counted.items()
                if not _say(key, other) and any(_is_same(row, theirs, read) for read in SERIES.values())
            ]
    return found


def _say(one: str, other: str) -> bool:
    return one == other or frozenset((one, other)) in MADE_SO or are_related(measures()[one], measures()[other])


def _groups(figures: Figures) -> Iterator[tuple[str, dict[Window, int]]]:
    names = {(breakdown, group) for (breakdown, _), row in figures.groups.items() for group in row}
    for breakdown, group in sorted(names):
        row = {window: groups[group].count if group in groups else 0
               for (of, window), groups in figures.groups.items() if of == breakdown}  # fmt: skip
        if sum(row.values()) >= MANY:
            yield f"{breakdown} {group!r}", row


def _is_same(row: dict[Window, int], theirs: Figures, read: object) -> bool:
    return all(window in theirs.totals and read(theirs.totals[window]) == number for window, number in row.items())  # type: ignore[operator]


def test_measures_with_the_same_numbers_say_so(counted: dict[str, Figures]) -> None:
    assert sorted(undeclared(counted)) == []


def test_a_relation_that_nobody_declared_is_found(counted: dict[str, Figures], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(measures(), "re-referrals", _alone(measures()["re-referrals"]))
    assert undeclared(counted) == ["re-referrals is referrals"]


def _alone(measure: Measure) -> Measure:
    return Measure(**{**vars(measure), "part_of": ()})


def family(seed: int, adds: Adds) -> list[tuple[Figures, Figures]]:
    """A measure by month and group, and a part of it, in cuts a month apart with late records of both."""
    lot = np.random.default_rng(seed)
    rate = lot.choice([1.0, 3.0, 8.0]) * lot.dirichlet(np.full(3, 1.5))
    every = lot.poisson(np.tile(rate, (26, 1)))
    part = lot.binomial(every, lot.choice([0.1, 0.5, 0.9, 0.98]))
    found = []
    for months in range(8, 27):
        at, group = lot.integers(months), lot.integers(3)
        more = lot.integers(1, 9)
        every[at, group] += more
        part[at, group] += lot.binomial(more, 0.5)
        at, group = lot.integers(months), lot.integers(3)
        less = min(lot.integers(1, 7), every[at, group] - part[at, group])
        every[at, group] -= less
        found.append((_figures(every[:months], adds), _figures(part[:months], adds)))
    return found


def _figures(rows: np.ndarray, adds: Adds) -> Figures:
    inside = {one: rows[one.first.index - FIRST.index : one.last.index - FIRST.index + 1] for one in windows(len(rows))}
    groups = {
        ("sex", one): {str(at): Number(int(of[:, at].sum())) for at in range(3)}
        for one, of in inside.items() if one.length in {3, 12} and one.first.number in {1, 4, 7, 10}
    }  # fmt: skip
    return Figures(adds, {one: Number(int(of.sum())) for one, of in inside.items()}, groups)


def told_together(seed: int, adds: Adds) -> list[tuple[Told, Told]]:
    found: list[tuple[Told, Told]] = []
    for months, (every, part) in enumerate(family(seed, adds), 8):
        as_at = (FIRST + months).first.replace(day=20)
        before = found[-1] if found else (None, None)
        parts = (before[1],) if before[1] else ()
        whole = tell(every, earlier=before[0], as_at=as_at, kin=Kin(parts=parts))
        found.append((whole, tell(part, earlier=before[1], as_at=as_at, kin=Kin(whole=(whole,)))))
    return found


def rests_found_out(seed: int, adds: Adds = Adds.UP) -> list[str]:
    """Small rests, parts and wholes of the newest cut, by month or group, that follow from what it tells of both."""
    found = []
    for whole, part in told_together(seed, adds)[::3]:
        attacker, truth = Attacker(), {}
        for kind, told in (("whole", whole), ("part", part)):
            for window in told.published.totals:
                _knows(
                    attacker, kind, [("month", str(one)) for one in window.months], told.figures.totals[window].count
                )
            for _, window, group in told.published.groups:
                atoms = [("group", group, quarter) for quarter in _quarters(window)]
                _knows(attacker, kind, atoms, told.figures.groups["sex", window][group].count)
            for line in told.published.broken_down:
                atoms = [("group", group, q) for group in told.figures.groups[line] for q in _quarters(line[1])]
                _knows(attacker, kind, atoms, sum(n.count for n in told.figures.groups[line].values()))
        for window, number in whole.figures.totals.items():
            if window.length == 1:
                rest = number.count - part.figures.totals[window].count
                truth |= {("rest", "month", str(window.first)): rest,
                          ("part", "month", str(window.first)): number.count - rest}  # fmt: skip
        for (_, window), groups in whole.figures.groups.items():
            if window.length == 3 and ("sex", window) in whole.lines & part.lines:
                for group, number in groups.items():
                    rest = number.count - part.figures.groups["sex", window][group].count
                    truth |= {("rest", "group", group, str(window)): rest,
                              ("part", "group", group, str(window)): number.count - rest}  # fmt: skip
        small = {atom: n for atom, n in truth.items() if USUAL.is_small(n) and atom in attacker.atoms}
        if small:
            for (atom, number), bounds in zip(small.items(), attacker.bounds([(one,) for one in small]), strict=True):
                if is_narrowed(number, bounds):
                    found.append(f"{atom} is {number}: {bounds}")
    return found


def _quarters(window: Window) -> list[str]:
    return [str(Window(window.first + at, window.first + at + 2)) for at in range(0, window.length, 3)]


def _knows(attacker: Attacker, kind: str, atoms: list[tuple[str, ...]], number: int) -> None:
    """Of the whole: of its part and its rest."""
    parts = [("part", *atom) for atom in atoms]
    attacker.knows(tuple(parts + [("rest", *atom) for atom in atoms] if kind == "whole" else parts), number)


@pytest.mark.parametrize("seed", range(40))
def test_nothing_small_is_found_out_from_a_measure_and_a_part_of_it(seed: int) -> None:
    assert rests_found_out(seed) == []


@pytest.mark.parametrize("seed", range(20))
def test_nor_where_numbers_do_not_add_up(seed: int) -> None:
    for whole, part in told_together(seed, Adds.NOT):
        for window in part.published.totals:
            assert window in whole.published.totals
            assert not 0 < whole.figures.totals[window].count - part.figures.totals[window].count < 5
        for cell in part.published.groups & whole.published.groups:
            row = cell[:2]
            rest = whole.figures.groups[row][cell[2]].count - part.figures.groups[row][cell[2]].count
            assert not 0 < rest < 5


def no_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part is told as if nothing were told of its whole."""
    monkeypatch.setattr(together, "adding_up", lambda *given: standing.adding_up(*given[:4]))


def no_rests_of_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "hidden_for_kin", lambda *_: ())
    monkeypatch.setattr(together, "may_be_broken_down", lambda *_: True)


@pytest.mark.parametrize("weakness", [no_whole, no_rests_of_groups])
def test_a_part_that_is_told_alone_is_caught(weakness: object, monkeypatch: pytest.MonkeyPatch) -> None:
    weakness(monkeypatch)  # type: ignore[operator]
    assert any(rests_found_out(seed) for seed in range(40))


def test_a_group_that_another_measure_tells_protects_no_other() -> None:
    """In care 20, care leavers 3, neither 90: whoever knows those in care knows the leavers too if 90 is shown."""
    year = periods.year(FIRST)
    row = {"in care": Number(20), "care leaver": Number(3), "": Number(90)}
    figures = Figures(Adds.NOT, {year: Number(113)}, {("care", year): row})
    alone = {group for _, _, group in tell(figures).published.groups}
    beside = tell(figures, kin=Kin(known=frozenset({("care", "in care")})))
    assert alone == {""}
    assert {group for _, _, group in beside.published.groups} == set()
    assert kin.without(figures, "care", "in care").groups["care", year] == {"care leaver": Number(3), "": Number(90)}
