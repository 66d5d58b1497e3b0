"""`kith hours`: when in the week it happens, from anybody's file of events, as table, picture and sentence."""

from __future__ import annotations

import csv
from pathlib import Path

import click
import numpy as np
import numpy.typing as npt
from rich.console import Console

from kith.foundations.charts import Bars, BarSeries, Picture, WeekGrid
from kith.insight.engine.places.columns import ColumnsUnclearError, one_of
from kith.insight.engine.places.hours import (
    DAYS,
    Profile,
    Run,
    midnight_means_unknown,
    profile_of,
    runs_hours,
    table,
    week_of,
)
from kith.insight.engine.places.months import Counted, by_month, by_weekday
from kith.insight.engine.places.reading import Events, FileUnreadableError
from kith.insight.events_command import read


@click.command()
@click.argument("events", metavar="EVENTS.csv", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="Where the picture goes (SVG); a CSV beside it."
)
@click.option("--map", "mapped", multiple=True, metavar="THEIRS=OURS", help="Say what a column is, e.g. WHEN=moment.")
@click.option(
    "--exposure",
    type=click.Path(path_type=Path),
    help="A week in the form this command writes: what to compare with, instead of an even spread.",
)
@click.option("--seed", default=20, show_default=True, help="The same gives the same.")
def hours(events: Path, out: Path, mapped: tuple[str, ...], exposure: Path | None, seed: int) -> None:
    """Show when in the week it happens, and say so where something stands out."""
    console = Console(stderr=True)
    try:
        happened = read(console, events, mapped, out, positions=False)
        if happened.has_clock:
            rows, picture = _week(console, happened, _exposure(exposure), seed)
        else:
            rows, picture = _without_clock(console, happened)
        out.write_text(picture.svg(standalone=True), encoding="utf-8")
        with out.with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    except (FileUnreadableError, ColumnsUnclearError, ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
    _show(picture.title, rows)
    click.echo(picture.sentence)
    console.print(f"Written: {out} and {out.with_suffix('.csv')}.")


Rows = list[list[str | int]]


def _week(
    console: Console, happened: Events, exposure: npt.NDArray[np.float64] | None, seed: int
) -> tuple[Rows, Picture]:
    timed = happened.table.drop_nulls(["day", "minute"])
    if midnight_means_unknown(timed["minute"].to_numpy()):
        known = timed.filter(timed["minute"] != 0)
        console.print(
            f"{len(timed) - len(known):,} events are at exactly midnight, far more than chance: their time is taken as "
            "not known, and they are left out."
        )
        timed = known
    left = len(happened.table) - len(timed)
    if left:
        console.print(f"{left:,} of {len(happened.table):,} events have no known time of day.")
    week = week_of(timed["day"].dt.weekday().to_numpy(), timed["minute"].to_numpy())
    profile = profile_of(week, seed=seed, exposure=exposure)
    return table(week), week_grid(profile)


def week_grid(profile: Profile) -> WeekGrid:
    """The picture of a profile, with the run that stands out outlined."""
    cells = tuple(tuple(int(count) for count in day) for day in profile.week)
    return WeekGrid("When in the week", profile.sentence, cells, _outlined(profile.run))


def _outlined(run: Run | None) -> frozenset[tuple[int, int]]:
    return runs_hours(run) if run else frozenset()


def _without_clock(console: Console, happened: Events) -> tuple[Rows, Picture]:
    """Months, or days of the week, where the file tells no more. Raises ColumnsUnclearError where it tells no time."""
    if one_of(happened.columns, "moment", "date", "month") is None or not len(happened.table):
        raise ColumnsUnclearError("No column tells when anything happened. Say which it is with --map THEIRS=moment.")
    if happened.months_only:
        console.print(
            "This file tells only the month of each event, so nothing can be said of days or hours: months instead."
        )
        return _bars(by_month(happened.table["day"]), "Month", "Events by month")
    console.print("This file tells the day of each event but no time, so nothing can be said of hours: days instead.")
    return _bars(by_weekday(happened.table["day"]), "Day", "Events by day of the week")


def _bars(counted: Counted, what: str, title: str) -> tuple[Rows, Picture]:
    series = (BarSeries("Events", tuple(counted.counts)),)
    rows: Rows = [[what, "Events"]]
    rows += [[name, count] for name, count in zip(counted.names, counted.counts, strict=True)]
    return rows, Bars(title, counted.sentence, tuple(counted.names), series, what=what)


def _exposure(path: Path | None) -> npt.NDArray[np.float64] | None:
    """A 7 × 24 table as this command writes it. Raises ValueError where it is none."""
    if path is None:
        return None
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row[0]: row[1:25] for row in csv.reader(file) if row}
    try:
        return np.array([[float(cell) for cell in rows[day]] for day in DAYS]).reshape(7, 24)
    except (KeyError, ValueError) as error:
        raise ValueError(
            f"{path} is not a week of seven days by 24 hours in the form that this command writes."
        ) from error


def _show(title: str, rows: Rows) -> None:
    """The table in columns of even width, never cut off: 7 × 24 takes about a hundred letters."""
    wide = [max(len(str(row[at])) for row in rows) for at in range(len(rows[0]))]
    click.echo(title)
    for row in rows:
        cells = [str(cell).rjust(width) for cell, width in zip(row, wide, strict=True)]
        click.echo(" ".join([str(row[0]).ljust(wide[0]), *cells[1:]]))
