"""A chain of cuts between which records come late, are taken back, and move; and somebody who has read every cut.

The attacker is told more than anybody could know: which numbers, shown or hidden, are the same as in the cut before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from kith.insight.rules.periods import Window, month
from kith.insight.rules.suppression import Adds, Figures, Number, Settings, Told, tell
from kith.insight.tests.attacker import Atom, Attacker, is_narrowed
from kith.insight.tests.tables import FIRST, LONG, windows

USUAL = Settings()
BREAKDOWN = "sex"
Tell = Callable[[Figures, Told | None, date], Told]
Rows = np.ndarray  # months × groups × (met it, did not)


@dataclass(frozen=True)
class Taken:
    """One cut: the day, what was recorded by then, and what was told of it."""

    as_at: date
    rows: Rows
    told: Told


def told_after(figures: Figures, earlier: Told | None, as_at: date) -> Told:
    return tell(figures, earlier=earlier, as_at=as_at)


def figures_of(rows: Rows, months: int, first: int = 0) -> Figures:
    """What a cut after so many months counts, back to the first that it holds."""
    every = [one for one in windows(months) if one.first.index - FIRST.index >= first]
    span = {one: slice(one.first.index - FIRST.index, one.last.index - FIRST.index + 1) for one in every}
    totals = {one: _number(rows[span[one]].sum(axis=(0, 1))) for one in every}
    groups = {
        (BREAKDOWN, one): {str(at): _number(rows[span[one], at].sum(axis=0)) for at in range(rows.shape[1])}
        for one in every
        if one.length in {3, 12}
    }
    return Figures(Adds.UP, totals, groups)


def _number(parts: np.ndarray) -> Number:
    return Number(int(parts.sum()), int(parts[0]))


def chain(seed: int, *, months: int, groups: int, tell_it: Tell = told_after, keep: int = 99) -> list[Taken]:
    """Cuts a month or less apart, each a little after the month's end; `keep`: how many months back each reaches."""
    lot = np.random.default_rng(seed)
    rate = lot.choice([0.6, 1.5, 4.0, 9.0]) * lot.dirichlet(np.full(groups, lot.choice([0.4, 1.5])))
    rows = lot.poisson(np.outer(np.ones(months), rate)[..., None] * lot.dirichlet([2.0, 2.0]))
    late = lot.binomial(rows, lot.choice([0.03, 0.1, 0.3]))
    rows = rows - late
    taken: list[Taken] = []
    for so_many in range(8, months + 1):
        for day in sorted(lot.choice([2, 20], size=lot.integers(1, 3), replace=False)):
            as_at = (FIRST + so_many).first.replace(day=int(day))
            rows = _corrected(lot, rows, late, so_many)
            earlier = taken[-1].told if taken else None
            told = tell_it(figures_of(rows, so_many, max(0, so_many - keep)), earlier, as_at)
            taken.append(Taken(as_at, rows, told))
    return taken


def _corrected(lot: np.random.Generator, rows: Rows, late: Rows, months: int) -> Rows:
    """Some of what was late comes; now and then much at once, one taken back, one moved to a month or group."""
    found = rows.copy()
    come = lot.binomial(late[:months], lot.choice([0.05, 0.3]))
    late[:months] -= come
    found[:months] += come
    for _ in range(lot.poisson(1.0)):
        at, group, part = lot.integers(months), lot.integers(rows.shape[1]), lot.integers(2)
        match lot.integers(4):
            case 0:
                found[at, group, part] += lot.integers(1, 9)
            case 1:
                found[at, group, part] -= min(found[at, group, part], lot.integers(1, 7))
            case 2 if found[at, group, part]:
                found[at, group, part] -= 1
                found[at, lot.integers(rows.shape[1]), part] += 1
            case 3 if found[at, group, part]:
                found[at, group, part] -= 1
                found[lot.integers(months), group, part] += 1
    return found


@dataclass
class Reader:
    """Every kept cut read by somebody: months and groups as atoms, anew wherever what was told of them changed."""

    attacker: Attacker
    numbers: dict[Atom, int]


def read_all(taken: list[Taken], part: Callable[[Number], int], is_share: bool) -> Reader:
    """All that is told of counts, or of one part of shares, in every cut.

    A group's number of a quarter is also what it was in the cut that told of it first.
    """
    reader = Reader(Attacker(), {})
    before: dict[Atom, int] = {}
    version: dict[Atom, int] = {}
    for one in taken:
        told = one.told
        now = {("month", str(window.first)): part(number) for window, number in told.figures.totals.items()
               if window.length == 1}  # fmt: skip
        now |= {
            (BREAKDOWN, group, str(window)): part(number)
            for (_, window), groups in told.figures.groups.items() if window.length == 3
            for group, number in groups.items()
        }  # fmt: skip
        for atom, number in now.items():
            version[atom] = version.get(atom, -1) + (before.get(atom) != number)
            reader.numbers[*atom, str(version[atom])] = number
            reader.attacker.atoms.setdefault((*atom, str(version[atom])), len(reader.attacker.atoms))
        before |= now
        _learn(reader, told, version, part, is_share)
    return reader


def _learn(reader: Reader, told: Told, version: dict[Atom, int], part: Callable[[Number], int], is_share: bool) -> None:
    attacker, published = reader.attacker, told.published
    for window in published.total_shares if is_share else published.totals:
        atoms = tuple(_at(("month", str(one)), version) for one in window.months)
        attacker.knows(atoms, part(told.figures.totals[window]))
    for _, window, group in published.group_shares if is_share else published.groups:
        attacker.knows(_cell(group, window, version), part(told.figures.groups[BREAKDOWN, window][group]))
    for line in published.broken_down:
        groups, window = told.figures.groups[line], line[1]
        if not is_share or (window.length == 12 and window in published.total_shares):
            cells = [_cell(group, window, version) for group in groups]
            attacker.knows(tuple(atom for cell in cells for atom in cell), sum(map(part, groups.values())))
        if not is_share and window.length == 3 and all(n.count or published.shows(window, *_of(line, g))
                                                       for g, n in groups.items()):  # fmt: skip
            for group, number in groups.items():
                attacker.at_least(_cell(group, window, version)[0], min(number.count, 1))
    if not is_share:
        _learn_noughts(attacker, told, version)


def _of(line: tuple[str, Window], group: str) -> tuple[str, str]:
    return line[0], group


def _cell(group: str, window: Window, version: dict[Atom, int]) -> tuple[Atom, ...]:
    return tuple(_at((BREAKDOWN, group, quarter), version) for quarter in _quarters(window))


def _learn_noughts(attacker: Attacker, told: Told, version: dict[Atom, int]) -> None:
    """Noughts are shown: a hidden month in a short row of hidden ones is none."""
    row: list[Window] = []
    for window in sorted(one for one in told.figures.totals if one.length == 1):
        if not told.published.shows(window):
            row.append(window)
            continue
        if len(row) <= LONG:
            for one in row:
                attacker.at_least(_at(("month", str(one.first)), version), min(told.figures.totals[one].count, 1))
        row = []


def _at(atom: Atom, version: dict[Atom, int]) -> Atom:
    return (*atom, str(version[atom]))


def _quarters(window: Window) -> Iterator[str]:
    return (str(Window(window.first + at, window.first + at + 2)) for at in range(0, window.length, 3))


def found_out(taken: list[Taken], settings: Settings = USUAL) -> list[str]:
    """Every small number, hidden in any cut, that follows from all cuts together, and every small change."""
    parts = {"count": lambda number: number.count, "met": lambda number: number.met or 0,
             "unmet": lambda number: number.count - (number.met or 0)}  # fmt: skip
    found = []
    for name, part in parts.items():
        reader = read_all(taken, part, name != "count")
        found += [f"{name}: {one}" for one in _narrowed(reader, settings)]
    return found + _small_changes(taken, settings)


def _narrowed(reader: Reader, settings: Settings) -> list[str]:
    small = {atom: number for atom, number in reader.numbers.items() if settings.is_small(number)}
    if not small or not reader.attacker.equations:
        return []
    reader.attacker.equations = list(dict.fromkeys(reader.attacker.equations))
    found = []
    every = sorted(small)
    for start in range(0, len(every), 40):
        some = every[start : start + 40]
        for atom, bounds in zip(some, reader.attacker.bounds([(one,) for one in some]), strict=True):
            if is_narrowed(small[atom], bounds):
                found.append(f"{atom} is {small[atom]}: {bounds}")
    return found


def _small_changes(taken: list[Taken], settings: Settings) -> list[str]:
    """What was added to a settled month between two cuts, or taken from it, where subtracting tells that it is few."""
    found = []
    for later, one in enumerate(taken):
        for other in taken[:later]:
            attacker, truth = Attacker(), {}
            for window in one.told.published.totals & other.told.published.totals:
                if is_settled_on(window, other.as_at):
                    atoms = tuple(("more", str(month)) for month in window.months)
                    less = tuple(("less", str(month)) for month in window.months)
                    change = one.told.figures.totals[window].count - other.told.figures.totals[window].count
                    attacker.knows(atoms, change, less)
            for name in list(attacker.atoms):
                truth[name[1]] = _change(one, other, name[1])
            few = {name: change for name, change in truth.items() if settings.is_small(abs(change))}
            asked = [(("more" if change > 0 else "less", name),) for name, change in few.items()]
            if not asked:
                continue
            for atom, kind in [(atom, atom[0]) for atom in attacker.atoms]:
                if kind == "less" and min(truth.values()) >= 0 or kind == "more" and max(truth.values()) <= 0:
                    attacker.knows((atom,), 0)  # whoever knows that records only ever come late
            for (name, change), bounds in zip(few.items(), attacker.bounds(asked), strict=True):
                if is_narrowed(abs(change), bounds):
                    found.append(f"{name} changed by {change} from {other.as_at} to {one.as_at}: {bounds}")
    return found


def _change(one: Taken, other: Taken, name: str) -> int:
    window = next(month(FIRST + at) for at in range(60) if str(FIRST + at) == name)
    return one.told.figures.totals[window].count - other.told.figures.totals[window].count


def is_settled_on(window: Window, day: date) -> bool:
    end = window.last + (2 - (window.last.number - 1) % 3)
    return (end + 2).first <= day
