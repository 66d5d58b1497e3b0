"""What the commands on a file of events share: telling the guesses, and keeping the rows that were not used."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from kith.insight.engine.places.columns import Column
from kith.insight.engine.places.reading import BAD_ROWS_KEPT, Events, read_events
from kith.linkage.feeds.rejects_file import guarded


def told(mapped: Sequence[str]) -> dict[str, str]:
    """What the user says columns are; several may stand in one, with commas between. Raises click.BadParameter."""
    said = {}
    for pair in (part for one in mapped for part in one.split(",")):
        theirs, equals, ours = (word.strip() for word in pair.partition("="))
        if not equals or not theirs or not ours:
            raise click.BadParameter(f"{pair!r} is not written THEIRS=OURS.", param_hint="--map")
        said[theirs] = ours
    return said


def read(console: Console, path: Path, mapped: Sequence[str], out: Path, *, positions: bool) -> Events:
    """Read the file, print what its columns are taken for and what is wrong with rows, and keep those beside `out`."""
    events = read_events(path, told(mapped), positions=positions)
    _show(console, events.columns)
    console.print(f"{events.rows:,} rows read, {len(events.table):,} used.")
    for why, count in sorted(events.reasons.items()):
        console.print(f"{count:,} not used: {why}.")
    if events.bad:
        console.print(f"They are listed in {_keep(events, out)}.")
    return events


def _show(console: Console, columns: Sequence[Column]) -> None:
    table = Table("column", "taken for", "because", title="What the columns are taken for (change with --map)")
    for column in columns:
        table.add_row(column.name, column.role, column.why)
    console.print(table)


def _keep(events: Events, out: Path) -> Path:
    """Row, reason and the cells that were looked at: no other cell of the file is copied."""
    path = out.with_suffix(".rejects.csv")
    used = [column.name for column in events.columns if column.why][: len(events.bad[0].cells)]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Row", "What to mend", *(guarded(name) for name in used)])
        writer.writerows([bad.row, bad.why, *map(guarded, bad.cells)] for bad in events.bad)
        left = sum(events.reasons.values()) - len(events.bad)
        if left:
            writer.writerow(["", f"and {left:,} more (at most {BAD_ROWS_KEPT:,} are listed)"])
    return path
