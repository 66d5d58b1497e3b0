"""One breakdown of one year with its quarters, where numbers add up: what to hide so that neither tells of the other.

A hidden number may be more than it is only if others in its row and column are less, and so on around a circle of
hidden numbers: what it could be at most or at least is a flow through them. Rows are groups, columns quarters and year.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping, Sequence

from kith.insight.rules.suppression.lines import ROOM, at_least, hidden_groups, is_enough, smallest_first
from kith.insight.rules.suppression.numbers import Number, Settings

QUARTERS = 4
YEAR = QUARTERS  # the column after those of the quarters
PLENTY = 1_000_000_000
Column = Mapping[str, Number]
At = tuple[str, int]  # group, column


def hidden_cells(quarters: Sequence[Column], year: Column | None, settings: Settings) -> set[At]:
    """What to hide of the quarters so far (from the first on) and, once all four are there, of the year.

    Each quarter is decided by what was known when it ended: the first three by themselves, the last with the year. Of
    a quarter whose whole is too small nothing is shown.
    """
    hidden: set[At] = set()
    alone = quarters if year is None else quarters[: QUARTERS - 1]
    for column, groups in enumerate(alone):
        hidden |= {(group, column) for group in _of_column(groups, settings)}
    if year is None or len(quarters) < QUARTERS:
        return hidden
    return _with_the_year([*quarters, year], hidden, settings)


def _of_column(groups: Column, settings: Settings, also: Collection[str] = ()) -> set[str]:
    """What to hide of one column by itself, and with it what must be for another's sake."""
    return hidden_groups(groups, settings, also) if _is_published(groups, settings) else set(groups)


def _is_published(groups: Column, settings: Settings) -> bool:
    return is_enough(sum(number.count for number in groups.values()), len(groups), settings)


def _with_the_year(columns: Sequence[Column], earlier: set[At], settings: Settings) -> set[At]:
    """Hide more of the last quarter, then of the year, until no small number can be worked out."""
    last, year = QUARTERS - 1, columns[YEAR]
    small = {group for group, number in year.items() if number.is_small(settings)}
    held = {group for group, _ in earlier} | small
    hidden = earlier | {(group, last) for group in _of_column(columns[last], settings, held)}
    hidden |= {(group, YEAR) for group in _of_column(year, settings)}
    flow = Flow(columns, hidden, settings)
    for column in (last, YEAR):
        counts = {group: number.count for group, number in columns[column].items()}
        for group in smallest_first(counts, {group for group, at in hidden if at == column}):
            if is_safe(columns, hidden, flow, settings):
                return hidden
            hidden.add((group, column))
            flow.hide((group, column))
    return hidden


def is_safe(columns: Sequence[Column], hidden: set[At], flow: Flow, settings: Settings) -> bool:
    """Whether every small hidden number has room, by all rows and columns together."""
    return not any(settings.is_small(rest) for rest in _rests(columns, hidden) if rest) and flow.all_have_room()


def _rests(columns: Sequence[Column], hidden: set[At]) -> list[int]:
    """What is left of each group's year, where that is shown, without the quarters that are."""
    shown = [group for group in columns[YEAR] if (group, YEAR) not in hidden]
    return [sum(columns[at][group].count for at in range(QUARTERS) if (group, at) in hidden) for group in shown]


class Flow:
    """Hidden numbers as edges between their row and their column; what one gains, others lose."""

    def __init__(self, columns: Sequence[Column], hidden: set[At], settings: Settings) -> None:
        self.columns, self.settings = columns, settings
        self.published = [_is_published(groups, settings) for groups in columns]
        self.room: dict[str | int, dict[str | int, int]] = {}
        self.doubtful: list[
            At
        ] = []  # small, and not yet known to have room; what has room keeps it when more is hidden
        for at in sorted(hidden):
            self.hide(at)

    def hide(self, at: At) -> None:
        """One more number that is not shown."""
        group, column = at
        number = self.columns[column][group]
        start, end = ends(group, column)
        least = at_least(number.count, self.settings) if self.published[column] else 0
        self.room.setdefault(start, {})[end] = PLENTY
        self.room.setdefault(end, {})[start] = number.count - least
        if number.is_small(self.settings):
            self.doubtful.append(at)

    def all_have_room(self) -> bool:
        while self.doubtful and self.has_room(self.doubtful[-1]):
            self.doubtful.pop()
        return not self.doubtful

    def has_room(self, at: At) -> bool:
        """Whether a number could be two more, or two less, than it is."""
        start, end = ends(*at)
        return self._reaches(end, start) or (self.room[end][start] >= ROOM and self._reaches(start, end))

    def _reaches(self, start: str | int, end: str | int) -> bool:
        """Whether two can flow from one to the other without the edge between them."""
        changed: list[tuple[str | int, str | int]] = []
        still = ROOM
        while still and (path := self._path(start, end)):
            amount = min(still, *(self.room[one][other] for one, other in path))
            for one, other in path:
                self.room[one][other] -= amount
                self.room[other][one] += amount
                changed.extend([(one, other)] * amount)
            still -= amount
        for one, other in changed:
            self.room[one][other] += 1
            self.room[other][one] -= 1
        return still == 0

    def _path(self, start: str | int, end: str | int) -> list[tuple[str | int, str | int]]:
        """A shortest way with room that is not the edge itself; empty where there is none."""
        came: dict[str | int, str | int] = {start: start}
        waiting = deque([start])
        while waiting:
            here = waiting.popleft()
            for there, room in self.room[here].items():
                if room > 0 and there not in came and (here, there) != (start, end):
                    came[there] = here
                    if there == end:
                        return _back(came, start, end)
                    waiting.append(there)
        return []


def ends(group: str, column: int) -> tuple[str | int, str | int]:
    """From where to where a number flows: from its row to its quarter; a year's from its column to its row."""
    return (column, group) if column == YEAR else (group, column)


def _back(came: Mapping[str | int, str | int], start: str | int, end: str | int) -> list[tuple[str | int, str | int]]:
    path, here = [], end
    while here != start:
        path.append((came[here], here))
        here = came[here]
    return path
