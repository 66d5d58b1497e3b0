"""Specialist help against need: one sentence, months, who was given a worker, how long it took."""

from __future__ import annotations

from dataclasses import dataclass

from kith.foundations.charts import NOT_SHOWN, Cell, Line, Point, Series, Table, Value
from kith.foundations.design_system.words import count
from kith.insight.presenters.figures import MeasureRow, show_row
from kith.insight.queries.capacity import Capacity
from kith.insight.queries.figures import MeasureFigures
from kith.insight.rules.change import percentage_of
from kith.insight.rules.measures import BREAKDOWNS, GROUPS

SHOWN = ("sex", "ethnicity")


@dataclass(frozen=True)
class CapacityPage:
    """The page, in the order in which it is read."""

    sentence: str
    need: str
    rows: list[MeasureRow]
    months: Line | None
    groups: list[Table]
    year: str


def show_capacity(found: Capacity) -> CapacityPage:
    """The page."""
    year = found.given.fixed()[0] if found.given.fixed() else None
    return CapacityPage(
        sentence=_sentence(found),
        need=_need(found),
        rows=[show_row(one) for one in (found.need, found.asked, found.given, found.waiting, found.wait)],
        months=_months(found),
        groups=[table for name in SHOWN if (table := _groups(found.given, name))],
        year=str(year) if year else "",
    )


def _sentence(found: Capacity) -> str:
    window = found.given.current()
    parts, asked = found.given.parts(window), found.asked.shown(window)
    if parts and parts[0]:
        number, given = parts
        return (
            f"In the {window}, help was asked for {count(number, 'child', 'children')};"
            f" {'1 was' if given == 1 else f'{given:,} were'} given a worker."
        )
    if asked.count:
        children = count(asked.count, "child", "children")
        return f"In the {window}, help was asked for {children}; how many were given a worker is too few to show."
    return f"In the {window}, help was asked for {'too few to show' if asked.hidden else 'no child'}."


def _need(found: Capacity) -> str:
    """The need that is known: contacts about exploitation; and what is not known of it."""
    window = found.given.current()
    need, asked = found.need.shown(window), found.asked.shown(window)
    if not need.count:
        return "How many children were told of for exploitation is too few to show." if need.hidden else ""
    said = f"{count(need.count, 'child was', 'children were')} told of for exploitation in the same time"
    if asked.count is None:
        return said + "."
    if asked.count > need.count:
        return f"{said}: fewer than those for whom help was asked, so the contacts do not tell of all."
    share = percentage_of(asked.count, need.count)
    return f"{said}: for every hundred of them, help was asked for {share:.0f}. Not every one of them needs it."


def _months(found: Capacity) -> Line | None:
    """Asked for in each month, and waiting at its end."""
    months = found.waiting.months()
    asked = tuple(Point(f"{one.begins:%b %y}", _count(found.asked, one)) for one in months)
    waiting = tuple(Point(f"{one.begins:%b %y}", _count(found.waiting, one)) for one in months)
    if not any(isinstance(point.value, int) for point in (*asked, *waiting)):
        return None
    series = (Series("Asked for", asked), Series("Waiting at month’s end", waiting))
    return Line("Help asked for, and waiting", "Children in each month.", series)


def _count(figures: MeasureFigures, window: object) -> Value:
    shown = figures.shown(window)  # type: ignore[arg-type]
    return shown.count if shown.count is not None else (NOT_SHOWN if shown.hidden else 0)


def _groups(given: MeasureFigures, breakdown: str) -> Table | None:
    """Of the newest year: for how many of each group help was asked, and how many were given a worker."""
    window = next((one for one in given.fixed() if given.groups(breakdown, one)), None)
    if window is None:
        return None
    rows: list[tuple[Cell, ...]] = []
    for group in GROUPS[breakdown]:
        shown, parts = given.shown(window, breakdown, group), given.parts(window, breakdown, group)
        if shown.count is None and not shown.hidden:
            continue
        asked: Cell = shown.count if shown.count is not None else NOT_SHOWN
        share = percentage_of(parts[1], parts[0]) if parts else None
        told: Cell = parts[1] if parts else NOT_SHOWN
        rows.append((GROUPS[breakdown][group], asked, told, float(share) if share is not None else NOT_SHOWN))
    columns = (BREAKDOWNS[breakdown], "Asked for", "Given a worker", "Share")
    caption = f"Help asked for and given, by {BREAKDOWNS[breakdown].lower()}, {window}"
    return Table(caption, columns, tuple(rows), shapes=("", "", "", "percent"))


def as_file(found: Capacity) -> Table:
    """Month by month, and groups of the newest year."""
    rows: list[tuple[Cell, ...]] = []
    for one in found.waiting.months():
        numbers = (found.need, found.asked, found.given, found.waiting)
        wait = found.wait.shown(one)
        middle: Cell = float(wait.value) if wait.value is not None else (NOT_SHOWN if wait.hidden else "")
        parts = found.given.parts(one)
        given: Cell = parts[1] if parts else (0 if not found.given.shown(one).hidden else NOT_SHOWN)
        need, asked, _, waiting = (_count(figures, one) for figures in numbers)
        rows.append((str(one), need, asked, given, waiting, middle))
    columns = ("Month", "Told of for exploitation", "Help asked for", "Of these given a worker", "Waiting at its end",
               "Middle wait in days")  # fmt: skip
    return Table("Specialist help against need", columns, tuple(rows))
