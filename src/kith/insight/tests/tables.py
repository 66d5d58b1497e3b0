"""Random sparse figures of a measure that adds up, and everything small in them that nobody may find out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kith.insight.rules import periods
from kith.insight.rules.periods import Month, Window
from kith.insight.rules.suppression import Adds, Figures, Number, Published, Settings
from kith.insight.tests.attacker import Atom, Attacker, learn_groups, learn_totals, month_atoms

FIRST = Month(2023, 4)
LONG = 7  # months


@dataclass(frozen=True)
class Table:
    """Counts by month and, of each breakdown, by month and group."""

    months: tuple[int, ...]
    groups: Mapping[str, np.ndarray]  # a row a month, a column a group

    def sum(self, window: Window, breakdown: str = "", group: int = 0) -> int:
        begins, ends = window.first.index - FIRST.index, window.last.index - FIRST.index + 1
        if not breakdown:
            return sum(self.months[begins:ends])
        return int(self.groups[breakdown][begins:ends, group].sum())


def random_table(seed: int, months: int, sizes: tuple[int, ...]) -> Table:
    """A table as sparse as records of few children are: some measures have one a month, some twenty."""
    random = np.random.default_rng(seed)
    mean = random.choice([0.5, 1.5, 3, 6, 12, 20])
    counts = random.poisson(mean, months)
    counts[random.random(months) < random.choice([0.0, 0.1, 0.3])] = 0
    groups = {}
    for place, size in enumerate(sizes):
        shares = random.dirichlet(np.full(size, random.choice([0.3, 1.0, 5.0])))
        groups[f"breakdown {place}"] = np.array([random.multinomial(count, shares) for count in counts])
    return Table(tuple(int(count) for count in counts), groups)


def windows(months: int) -> list[Window]:
    """Every window that pages show, of so many months."""
    found = set()
    for at in range(months):
        month = FIRST + at
        for window in (periods.month(month), periods.quarter(month), periods.year(month), periods.six_months(month)):
            if window.last.index - FIRST.index < months:
                found.add(window)
        if at >= 11:
            found.add(periods.twelve_months(month))
    return sorted(found)


def figures(table: Table) -> Figures:
    """All that could be published of it: totals of every window, groups of every one of them."""
    every = windows(len(table.months))
    return Figures(
        Adds.UP,
        {window: Number(table.sum(window)) for window in every},
        {
            (breakdown, window): {str(at): Number(table.sum(window, breakdown, at)) for at in range(rows.shape[1])}
            for breakdown, rows in table.groups.items()
            for window in every
        },
    )


def quarters_of(window: Window) -> tuple[str, ...]:
    """A window as its quarters, each named by its months."""
    starts = range(window.first.index, window.last.index + 1, 3)
    return tuple("|".join(str(month) for month in periods.quarter(Month.at(start)).months) for start in starts)


def attacker_of(table: Table, told: list[tuple[Figures, Published]]) -> Attacker:
    """Somebody with all that was published, in one cut or in several; and who knows which hidden numbers are not 0."""
    attacker = Attacker()
    whole = [one for one in windows(len(table.months)) if one.length in {3, 12} and one.first.number in {1, 4, 7, 10}]
    for one, published in told:
        learn_totals(attacker, one.totals, published)
        learn_groups(attacker, one.groups, published, {window: quarters_of(window) for window in whole})
    for at, count in enumerate(table.months):
        attacker.atoms.setdefault(("month", str(FIRST + at)), len(attacker.atoms))
        if _hidden_around(at, len(table.months), told) <= LONG:
            attacker.at_least(("month", str(FIRST + at)), min(count, 1))
    for breakdown, rows in table.groups.items():
        for window in whole:
            counts = {str(at): table.sum(window, breakdown, at) for at in range(rows.shape[1])}
            if window.length == 3 and _are_noughts_known(counts, breakdown, window, told):
                for group, count in counts.items():
                    attacker.at_least((breakdown, group, quarters_of(window)[0]), min(count, 1))
    return attacker


def _hidden_around(at: int, months: int, told: list[tuple[Figures, Published]]) -> int:
    """How many months in a row around this one are hidden; of a long row nobody can know that none had none."""
    shown = {window.first.index - FIRST.index for _, published in told for window in published.totals
             if window.length == 1}  # fmt: skip
    before = next((back for back in range(at + 1) if at - back in shown), at + 1)
    after = next((on for on in range(months - at) if at + on in shown), months - at)
    return max(before + after - 1, 0)


def _are_noughts_known(
    counts: Mapping[str, int], breakdown: str, window: Window, told: list[tuple[Figures, Published]]
) -> bool:
    """Whether all noughts of a breakdown are shown, so that what is hidden can be none."""
    return any(
        (breakdown, window) in published.broken_down
        and all(count or published.shows(window, breakdown, group) for group, count in counts.items())
        for _, published in told
    )


def small(table: Table, settings: Settings) -> list[tuple[str, int, tuple[Atom, ...]]]:
    """All that is small in a table, whether anybody meant to publish it or not: what, how many, of which atoms."""
    found = []
    for window in windows(len(table.months)):
        found.append((str(window), table.sum(window), month_atoms(window)))
        if window.length not in {3, 12} or window.first.number not in {1, 4, 7, 10}:
            continue
        for breakdown, rows in table.groups.items():
            for at in range(rows.shape[1]):
                atoms = tuple((breakdown, str(at), quarter) for quarter in quarters_of(window))
                found.append((f"{breakdown} {at} {window}", table.sum(window, breakdown, at), atoms))
    return [one for one in found if settings.is_small(one[1])]
