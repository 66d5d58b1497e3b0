"""Timeliness in tables: each clock with its change, agency by agency, and the files they send."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kith.foundations.charts import NOT_SHOWN, Bars, BarSeries, Cell, Table, Value
from kith.insight.presenters.cuts import STATES
from kith.insight.presenters.figures import MeasureRow, show_row
from kith.insight.queries.figures import MeasureFigures
from kith.insight.queries.timeliness import FeedsOf, Timeliness
from kith.insight.rules.change import percentage_of
from kith.insight.rules.periods import Window


@dataclass(frozen=True)
class ByAgency:
    """One clock by agency, in the newest window that may be told apart."""

    key: str
    title: str
    picture: Bars | None
    table: Table | None


@dataclass(frozen=True)
class TimelinessPage:
    """Clocks, agencies, files."""

    rows: list[MeasureRow]
    agencies: list[ByAgency]
    feeds: Table
    sentence: str


def show_timeliness(found: Timeliness) -> TimelinessPage:
    """The page."""
    asked = [figures for figures in found.clocks if "agency" in figures.measure.breakdowns]
    return TimelinessPage(
        rows=[show_row(figures) for figures in found.clocks],
        agencies=[_by_agency(figures, found) for figures in asked],
        feeds=feeds_table(found.feeds, found),
        sentence=_sentence(found),
    )


def _sentence(found: Timeliness) -> str:
    silent = sum(one.states["silent"] + one.states["failed"] for one in found.feeds)
    feeds = sum(one.states.total() for one in found.feeds)
    behind = [found.name(one.agency) for one in found.feeds if one.states["silent"] or one.states["failed"]]
    if not silent:
        return f"All {feeds} feeds came in time, or are only a little late."
    verb = "is" if silent == 1 else "are"
    return f"{silent} of {feeds} feeds {verb} silent: {', '.join(behind)}. What an agency does not send is not counted."


def _by_agency(figures: MeasureFigures, found: Timeliness) -> ByAgency:
    measure, rows = figures.measure, list(_rows(figures, found))
    if not rows:
        return ByAgency(measure.key, measure.title, None, None)
    window = str(rows[0][0])
    names = tuple(str(row[1]) for row in rows)
    shares: tuple[Value, ...] = tuple(row[3] if not isinstance(row[3], str) else None for row in rows)
    counted = measure.counts.capitalize()
    title = f"{measure.title}, by agency"
    picture = Bars(title, f"In {window}.", names, (BarSeries("In time", shares),), "%", "Agency")
    columns = ("Agency", counted, "In time")
    table = Table(title, columns, tuple(row[1:] for row in rows), shapes=("", "", "percent"))
    return ByAgency(measure.key, measure.title, picture, table)


def _rows(figures: MeasureFigures, found: Timeliness) -> Iterator[tuple[Window, str, Cell, Cell]]:
    """Of the newest window that is broken down: agency, how many, which share in time."""
    window = next((one for one in figures.fixed() if figures.groups("agency", one)), None)
    if window is None:
        return
    for agency in figures.groups("agency", window) or ():
        shown = figures.shown(window, "agency", agency)
        share: Cell = float(shown.share) if shown.share is not None else NOT_SHOWN
        yield window, found.name(agency), NOT_SHOWN if shown.count is None else shown.count, share


def feeds_table(feeds: list[FeedsOf], names: Timeliness) -> Table:
    """Each agency's feeds by state, with what was read and rejected; those that somebody must ask after first."""
    columns = ("Agency", "Feeds", "Rows read", "Rows rejected", "Share rejected")
    rows = []
    for one in sorted(feeds, key=lambda one: one.states["fresh"] == one.states.total()):
        share = percentage_of(one.rejected, one.read) if one.read else None
        part = float(share) if share is not None else None
        rows.append((names.name(one.agency), _states(one), one.read, one.rejected, part))
    return Table("Feeds by agency", columns, tuple(rows), shapes=("", "", "", "", "percent"))


def _states(one: FeedsOf) -> str:
    """How many feeds stand how, what is wrong first: "1 silent, 8 in time"."""
    order = sorted(STATES, key=lambda state: state == "fresh")
    return ", ".join(f"{one.states[state]} {STATES[state].lower()}" for state in order if one.states[state])


def as_file(found: Timeliness) -> Table:
    """Clocks and agencies, a row each."""
    rows: list[tuple[Cell, ...]] = []
    for figures in found.clocks:
        window = figures.current()
        shown = figures.shown(window)
        share: Cell = float(shown.share) if shown.share is not None else (NOT_SHOWN if shown.hidden else "")
        count: Cell = shown.count if shown.count is not None else (NOT_SHOWN if shown.hidden else 0)
        rows.append((figures.measure.title, "Everybody", str(window), count, share))
        if "agency" in figures.measure.breakdowns:
            rows += [
                (figures.measure.title, name, str(of), number, part) for of, name, number, part in _rows(figures, found)
            ]
    return Table("Timeliness", ("Clock", "Agency", "Period", "Counted", "In time, per cent"), tuple(rows))
