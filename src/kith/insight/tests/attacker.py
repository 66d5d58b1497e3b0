"""Somebody who has every published number of a measure, in every cut and format, and a linear program.

Nothing here knows how numbers are hidden: it is given what is shown, and works out between what the rest must lie.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import block_diag, coo_matrix

from kith.insight.rules.periods import Window
from kith.insight.rules.suppression import Number, Published

MOST = 100_000  # nothing here is larger
Atom = tuple[str, ...]  # what a number is the sum of


@dataclass
class Attacker:
    """Equations between atoms, and what is known of each alone."""

    atoms: dict[Atom, int] = field(default_factory=dict)
    equations: list[tuple[tuple[Atom, ...], tuple[Atom, ...], int]] = field(default_factory=list)
    least: dict[Atom, int] = field(default_factory=dict)

    def knows(self, sums: tuple[Atom, ...], value: int, less: tuple[Atom, ...] = ()) -> None:
        """These atoms, without those, add up to a number."""
        for atom in (*sums, *less):
            self.atoms.setdefault(atom, len(self.atoms))
        self.equations.append((sums, less, value))

    def at_least(self, atom: Atom, number: int) -> None:
        self.least[atom] = number

    def bounds(self, asked: Sequence[tuple[Atom, ...]]) -> list[tuple[float, float]]:
        """Between what each of some sums of atoms must lie: one program, with a copy of what is known for each."""
        width, copies = len(self.atoms), 2 * len(asked)
        goal = np.zeros(width * copies)
        for place, sums in enumerate(asked):
            for atom in sums:
                goal[2 * place * width + self.atoms[atom]] += 1
                goal[(2 * place + 1) * width + self.atoms[atom]] -= 1
        known = block_diag([self._matrix()] * copies, format="csr")
        right = [value for *_, value in self.equations] * copies
        limits = [(self.least.get(atom, 0), MOST) for atom in self.atoms] * copies
        done = linprog(goal, A_eq=known, b_eq=right, bounds=limits)
        assert done.status == 0, done.message
        each = (goal * done.x).reshape(len(asked), 2, width).sum(axis=2)
        return [(float(low), -float(high)) for low, high in each]

    def _matrix(self) -> coo_matrix:
        entries = [
            (row, self.atoms[atom], sign)
            for row, (sums, less, _) in enumerate(self.equations)
            for sign, atoms in ((1.0, sums), (-1.0, less))
            for atom in atoms
        ]
        rows, columns, signs = zip(*entries, strict=True)
        return coo_matrix((signs, (rows, columns)), shape=(len(self.equations), len(self.atoms)))


def is_narrowed(number: int, bounds: tuple[float, float]) -> bool:
    """Whether a number is known exactly, or to within one either way."""
    return bounds[0] > number - 2 + 1e-6 and bounds[1] < number + 2 - 1e-6


def month_atoms(window: Window) -> tuple[Atom, ...]:
    return tuple(("month", str(month)) for month in window.months)


def learn_totals(attacker: Attacker, totals: Mapping[Window, Number], published: Published) -> None:
    """What is published of windows that add up."""
    for window in published.totals:
        attacker.knows(month_atoms(window), totals[window].count)


def learn_groups(
    attacker: Attacker,
    groups: Mapping[tuple[str, Window], Mapping[str, Number]],
    published: Published,
    atoms_of: Mapping[Window, tuple[str, ...]],
) -> None:
    """What is published of groups, and that each breakdown adds up to the whole; `atoms_of`: a window's quarters."""
    names = {breakdown: sorted({name for (of, _), row in groups.items() if of == breakdown for name in row})
             for breakdown, _ in groups}  # fmt: skip
    quarters = {quarter for parts in atoms_of.values() for quarter in parts}
    for breakdown, every in names.items():
        for quarter in quarters:
            attacker.knows(
                tuple((breakdown, name, quarter) for name in every),
                0,
                tuple(("month", one) for one in quarter.split("|")),
            )
        for (of, window), row in groups.items():
            for name, number in row.items():
                if of == breakdown and published.shows(window, of, name):
                    attacker.knows(tuple((breakdown, name, quarter) for quarter in atoms_of[window]), number.count)
