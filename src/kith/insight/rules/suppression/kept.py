"""What a cut told of a measure as text, to be kept beside the cut: what JSON can hold, and back.

Numbers stand as in the cut's figures: window → breakdown → group → [counted, children, met, middle value].
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from kith.insight.rules import periods
from kith.insight.rules.periods import Window
from kith.insight.rules.suppression.numbers import Adds, Cell, Figures, Number, Published
from kith.insight.rules.suppression.told import Bounds, Said, Told

read = lru_cache(maxsize=4096)(periods.read)
Counted = Mapping[str, Mapping[str, Mapping[str, list[Any]]]]


def figures_from(adds: Adds, counted: Counted) -> Figures:
    """Numbers by window, breakdown and group. Of things that are nobody's there are no children to look at."""
    totals: dict[Window, Number] = {}
    groups: dict[tuple[str, Window], dict[str, Number]] = {}
    for key, breakdowns in counted.items():
        window = read(key)
        for breakdown, row in breakdowns.items():
            numbers = {group: Number(count, met, children or None, value)
                       for group, (count, children, met, value) in row.items()}  # fmt: skip
            if breakdown:
                groups[breakdown, window] = numbers
            else:
                totals[window] = numbers[""]
    return Figures(adds, totals, {line: numbers for line, numbers in groups.items() if numbers})


def as_kept(told: Told) -> dict[str, Any]:
    """All of it as what JSON can hold, in an order that is always the same."""
    published = told.published
    return {
        "as_at": told.as_at.isoformat() if told.as_at else "",
        "adds": told.figures.adds.value,
        "windows": _counted(told.figures),
        "totals": sorted(window.key for window in published.totals),
        "total_shares": sorted(window.key for window in published.total_shares),
        "groups": _nested(published.groups),
        "group_shares": _nested(published.group_shares),
        "broken_down": _lines(published.broken_down),
        "counts": sorted(told.bounds.counts),
        "shares": sorted(told.bounds.shares),
        "stood": sorted(told.bounds.stood),
        "lines": _lines(told.lines),
        "fresh": _lines(told.fresh),
        "said": sorted(
            [what.value, window.key, sorted(map(list, every))] for (what, window), every in told.said.items()
        ),
    }


def from_kept(kept: Mapping[str, Any]) -> Told:
    """The same from what was kept."""
    figures = figures_from(Adds(kept["adds"]), kept["windows"])
    windows = {key: read(key) for key in {*kept["totals"], *kept["windows"]}}
    published = Published(
        frozenset(windows[key] for key in kept["totals"]),
        frozenset(windows[key] for key in kept["total_shares"]),
        frozenset(_cells(kept["groups"])),
        frozenset(_cells(kept["group_shares"])),
        frozenset((breakdown, read(key)) for breakdown, key in kept["broken_down"]),
    )
    said = {
        (Said(what), read(key)): frozenset(tuple(one) for one in every) for what, key, every in kept["said"]
    }  # fmt: skip
    return Told(
        date.fromisoformat(kept["as_at"]) if kept["as_at"] else None,
        figures,
        published,
        Bounds(frozenset(kept["counts"]), frozenset(kept["shares"]), frozenset(kept["stood"])),
        frozenset((breakdown, read(key)) for breakdown, key in kept["lines"]),
        frozenset((breakdown, read(key)) for breakdown, key in kept["fresh"]),
        said,
    )


def _counted(figures: Figures) -> dict[str, dict[str, dict[str, list[Any]]]]:
    found = {window.key: {"": {"": _row(number)}} for window, number in sorted(figures.totals.items())}
    for (breakdown, window), groups in sorted(figures.groups.items()):
        row = {group: _row(number) for group, number in sorted(groups.items())}
        found.setdefault(window.key, {})[breakdown] = row
    return found


def _row(number: Number) -> list[Any]:
    return [number.count, number.children or 0, number.met, number.value]


def _lines(lines: Iterable[tuple[str, Window]]) -> list[list[str]]:
    return sorted([breakdown, window.key] for breakdown, window in lines)


def _nested(cells: Iterable[Cell]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for breakdown, window, group in sorted(cells):
        found.setdefault(breakdown, {}).setdefault(window.key, []).append(group)
    return found


def _cells(nested: Mapping[str, Mapping[str, list[str]]]) -> Iterator[Cell]:
    for breakdown, windows in nested.items():
        for key, groups in windows.items():
            window = read(key)
            yield from ((breakdown, window, group) for group in groups)
