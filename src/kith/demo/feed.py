"""One agency's regular file: its shape, its rhythm, its faults, and how its rows fall into deliveries."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import polars as pl

from kith.demo.chance import Ints, stream
from kith.demo.systems import CAST_SIZE


@dataclass(frozen=True)
class Shape:
    """How a file is written."""

    kind: str = "csv"
    delimiter: str = ","
    encoding: str = "utf-8"
    bom: bool = False
    quotes: str = "necessary"
    line_end: str = "\n"
    title: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    sheet: str = "Sheet1"
    widths: tuple[int, ...] = ()
    root: str = ""
    record: str = ""
    rows: str = ""

    @property
    def first_row(self) -> int:
        """The line or spreadsheet row on which the first row of data stands, counted from 1."""
        if self.kind in ("xml", "parts"):
            return 1  # in XML a row is counted, not a line
        header = 0 if self.kind in ("fixed", "jsonl") else 1
        return len(self.title) + bool(self.groups) + header + 1


@dataclass(frozen=True)
class Fault:
    """A row broken on purpose: this column gets this value. `expect` is what a loader should do with the row."""

    column: str
    value: str | None
    fault: str
    expect: str = "reject"


@dataclass(frozen=True)
class Feed:
    """One feed with all its rows.

    `happened` decides which delivery a row falls into; none for a register. `late` columns are still empty in the first
    file for what had only just happened. `before` holds what the first file said where it differs from now.
    """

    name: str
    agency: str
    stem: str
    frame: pl.DataFrame
    about: Ints
    shape: Shape = field(default_factory=Shape)
    happened: np.ndarray | None = None
    mode: str = "delta"
    days_ago: tuple[int, ...] = (35, 1)
    late: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    doubled: bool = False
    before: pl.DataFrame | None = None
    file_date: str = "%Y-%m-%d"

    @property
    def ending(self) -> str:
        """The file's extension."""
        return {"fixed": "txt", "parts": "xml"}.get(self.shape.kind, self.shape.kind)


@dataclass(frozen=True)
class Delivery:
    """One file: where it goes, when it came, its rows."""

    feed: Feed
    delivered: date
    file: str
    frame: pl.DataFrame
    planted: list[dict[str, object]]


def deliveries(feed: Feed, *, today: date, seed: int) -> list[Delivery]:
    """The feed's rows as the files in which they came, oldest first, with faults planted in the first."""
    dates = [today - timedelta(days=ago) for ago in feed.days_ago]
    out = []
    for number, (day, rows) in enumerate(zip(dates, _split(feed, dates, seed), strict=True)):
        file = f"{feed.stem}{day.strftime(feed.file_date)}.{feed.ending}"
        frame, planted = _planted(feed, rows, seed) if number == 0 else (feed.frame[rows], [])
        frame = _as_it_was(feed, frame, rows) if number == 0 and len(dates) > 1 else frame
        frame = _without_late(feed, frame, rows, dates, number)
        if number > 0 and not len(frame):
            continue  # nothing new: this agency sends no empty file
        out.append(Delivery(feed, day, file, frame, [{**fault, "file": file} for fault in planted]))
    if feed.doubled:
        last = out[-1]
        copy = last.file.replace(f".{feed.ending}", f" (1).{feed.ending}")
        out.append(Delivery(feed, last.delivered, copy, last.frame, []))
    return out


def _split(feed: Feed, dates: list[date], seed: int) -> list[Ints]:
    """Row numbers of each delivery."""
    everything = np.arange(len(feed.frame))
    rng = stream(seed, "split", feed.name)
    if feed.mode == "snapshot" or feed.happened is None:
        return [_snapshot(everything, feed, number, len(dates), rng) for number in range(len(dates))]
    came = feed.happened.astype("datetime64[D]")
    edges = [np.datetime64("1900-01-01"), *[np.datetime64(day, "D") for day in dates]]
    came = _slow_ones(feed, came, edges, rng)
    parts = [everything[(came > low) & (came <= high)] for low, high in zip(edges[:-1], edges[1:], strict=True)]
    if len(parts) > 1:  # the later file repeats rows whose last details had not been known
        recent = everything[(came > edges[1] - 50) & (came <= edges[1])]
        parts[-1] = np.sort(np.unique(np.concatenate([parts[-1], _again(feed, recent, rng)])))
    return parts


def _slow_ones(feed: Feed, came: np.ndarray, edges: list[np.datetime64], rng: np.random.Generator) -> np.ndarray:
    """About one row in a hundred is written up so late that it comes only in the last file. Never the cast's."""
    slow = (rng.random(len(came)) < 0.01) & (feed.about >= CAST_SIZE) & (came <= edges[1])
    return np.where(slow & (len(edges) > 2), edges[-1], came)


def _again(feed: Feed, recent: Ints, rng: np.random.Generator) -> Ints:
    """Recent rows sent a second time: all whose last details have come, or a few for no reason."""
    if not feed.late:
        return recent[rng.random(len(recent)) < 0.03]
    known = feed.frame[recent].select(pl.any_horizontal(pl.col(feed.late).is_not_null()))[:, 0].to_numpy()
    return np.asarray(recent[known])


def _snapshot(everything: Ints, feed: Feed, number: int, of: int, rng: np.random.Generator) -> Ints:
    """Each snapshot has nearly everything: a few leave, a few come. The cast always stay."""
    if of == 1:
        return everything
    leaving, coming = rng.random(len(everything)) < 0.015, rng.random(len(everything)) < 0.015
    gone = coming & ~leaving if number < of - 1 else leaving
    return everything[~gone | (feed.about < CAST_SIZE)]


def _as_it_was(feed: Feed, frame: pl.DataFrame, rows: Ints) -> pl.DataFrame:
    """What the first file said, where that has changed since."""
    if feed.before is None:
        return frame
    old = feed.before[rows]
    return frame.with_columns(old[column].fill_null(frame[column]).alias(column) for column in old.columns)


def _without_late(feed: Feed, frame: pl.DataFrame, rows: Ints, dates: list[date], number: int) -> pl.DataFrame:
    """Details that come late are still empty in the first file for what had only just happened."""
    if number > 0 or not feed.late or feed.happened is None or len(dates) == 1:
        return frame
    recent = pl.Series(feed.happened[rows].astype("datetime64[D]") > np.datetime64(dates[0], "D") - 50)
    return frame.with_columns(
        pl.when(recent).then(None).otherwise(pl.col(column)).alias(column) for column in feed.late
    )


def _planted(feed: Feed, rows: Ints, seed: int) -> tuple[pl.DataFrame, list[dict[str, object]]]:
    """Break one row for each fault, never one of the cast's, and say which."""
    frame = feed.frame[rows]
    free = np.flatnonzero(feed.about[rows] >= CAST_SIZE)
    free = free[free > 2]
    chosen = stream(seed, "faults", feed.name).permutation(free)[: len(feed.faults)]
    notes: list[dict[str, object]] = []
    for at, fault in zip(sorted(chosen.tolist()), feed.faults, strict=False):
        value = pl.lit(_value(frame, fault), dtype=frame.schema[fault.column])
        here = pl.int_range(pl.len()) == at
        frame = frame.with_columns(pl.when(here).then(value).otherwise(pl.col(fault.column)).alias(fault.column))
        notes.append(
            {
                "feed": feed.name,
                "row": at + 1,
                "line": at + feed.shape.first_row,
                "column": fault.column,
                "fault": fault.fault,
                "expect": fault.expect,
            }
        )
    return frame, notes


def _value(frame: pl.DataFrame, fault: Fault) -> object:
    if frame.schema[fault.column] == pl.Date and fault.value:
        return date.fromisoformat(fault.value)
    return fault.value
