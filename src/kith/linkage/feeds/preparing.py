"""A delivery read once as a feed: every row as text in Parquet, the checked rows beside it, the rejects in a file.

Nothing here touches the database. What is made stands whole or not at all, so a killed load finds it or makes it again.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from kith.linkage.feeds.checking import DELETED, OK, Checker
from kith.linkage.feeds.definition import Definition
from kith.linkage.feeds.header import MissingColumnsError
from kith.linkage.feeds.keeping import Kept, sync_folder
from kith.linkage.feeds.readers.opening import open_source
from kith.linkage.feeds.readers.source import FAULT, ROW, FileError, Source
from kith.linkage.feeds.rejects_file import RejectsFile
from kith.linkage.feeds.repeats import Repeats

Days = tuple[date, date | None]  # the day it came, the day it speaks of


@dataclass(frozen=True)
class Prepared:
    """What reading a delivery came to. `problem`: why it could not be read at all; nothing else is there then."""

    folder: str
    definition: str  # the definition's fingerprint
    checked_on: str
    rows: int = 0
    good: int = 0
    rejected: int = 0
    deleted: int = 0
    set_aside: int = 0
    repeated: int = 0
    last_row: int = 0
    broken_off: str = ""
    problem: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def path(self) -> Path:
        return Path(self.folder)

    def replaced_rows(self) -> np.ndarray:
        """Rows that a later row of the same key in the same file replaces."""
        return np.load(self.path / "replaced.npy") if not self.problem else np.empty(0, dtype=np.uint64)


def prepare(kept: Kept, definition: Definition, *, today: date, day: date | None = None) -> Prepared:
    """Read and check a kept delivery that came `today` and speaks of `day`.

    Where an earlier reading with the same definition was finished, what that came to.
    """
    folder = kept.folder / definition.feed
    found = _finished(folder, definition)
    if found:
        return found
    making = kept.folder / f".{definition.feed}-making"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir()
    summary = _read(kept, definition, (today, day), making, folder)
    (making / "summary.json").write_text(json.dumps(asdict(summary), ensure_ascii=False, indent=1))
    _sync_files(making)
    shutil.rmtree(folder, ignore_errors=True)
    os.replace(making, folder)
    sync_folder(kept.folder)
    return summary


def checked_batches(prepared: Prepared, *, after_row: int, rows: int) -> Iterator[pl.DataFrame]:
    """Checked rows after a row, some thousands at a time, good or not; see the columns OK and DELETED."""
    file = pq.ParquetFile(prepared.path / "checked.parquet")
    waiting: list[pl.DataFrame] = []
    for number in range(file.num_row_groups):
        if _last_row(file, number) <= after_row:
            continue
        frame = pl.from_arrow(file.read_row_group(number))
        assert isinstance(frame, pl.DataFrame)
        frame = frame.filter(pl.col(ROW) > after_row)
        waiting.append(frame)
        if sum(one.height for one in waiting) >= rows:
            yield pl.concat(waiting)
            waiting = []
    if waiting:
        yield pl.concat(waiting)


def _last_row(file: pq.ParquetFile, group: int) -> int:
    meta = file.metadata.row_group(group)
    last = next(meta.column(i) for i in range(meta.num_columns) if meta.column(i).path_in_schema == ROW)
    return int(last.statistics.max) if meta.num_rows else 0


def _finished(folder: Path, definition: Definition) -> Prepared | None:
    try:
        found = Prepared(**json.loads((folder / "summary.json").read_text()))
    except (OSError, ValueError, TypeError):
        return None
    return found if found.definition == definition.fingerprint and found.folder == str(folder) else None


def _read(kept: Kept, definition: Definition, days: Days, making: Path, folder: Path) -> Prepared:
    about: dict[str, Any] = {
        "folder": str(folder),
        "definition": definition.fingerprint,
        "checked_on": days[0].isoformat(),
    }
    try:
        source = open_source(kept.path, definition, kept.text)
        return _read_rows(source, definition, days, making, about)
    except (FileError, MissingColumnsError) as problem:
        for left in making.iterdir():
            left.unlink()
        return Prepared(**about, problem=str(problem))


def _read_rows(source: Source, definition: Definition, days: Days, making: Path, about: dict[str, Any]) -> Prepared:
    checker = Checker(definition, source.columns, *days)
    repeats = Repeats(definition, making)
    rejects = RejectsFile(making, source.columns)
    rows = good = deleted = last = 0
    as_it_came, checked_rows = _Writer(making / "rows.parquet"), _Writer(making / "checked.parquet")
    for batch in source.batches():
        as_it_came.write(batch)
        checked, rejected = checker.check(batch)
        rejects.write(rejected)
        checked_rows.write(checked)
        repeats.see(checked.filter(OK))
        rows, last = rows + batch.height, int(batch[ROW][-1])
        good += int(checked[OK].sum())
        deleted += int((checked[DELETED] & checked[OK]).sum())
    as_it_came.close(_empty(source.columns))
    checked_rows.close(_empty([c.name for c in definition.columns]).with_columns(
        pl.lit(True).alias(OK), pl.lit(False).alias(DELETED)))  # fmt: skip
    rejects.close()
    replaced = repeats.replaced()
    np.save(making / "replaced.npy", replaced)
    return Prepared(
        **about, rows=rows, good=good, rejected=rejects.count, deleted=deleted, last_row=last,
        set_aside=checker.set_aside.counts.total(), repeated=len(replaced), broken_off=source.broken_off,
        notes=_notes(source, checker, replaced, rows),
    )  # fmt: skip


def _notes(source: Source, checker: Checker, replaced: np.ndarray, rows: int) -> list[str]:
    notes = [*source.notes]
    if source.broken_off:
        notes.insert(0, source.broken_off)
    if len(replaced):
        first = ", ".join(str(row) for row in replaced[:3])
        rows_have = "row has" if len(replaced) == 1 else "rows have"
        notes.append(f"{len(replaced)} {rows_have} the key of a later row, which counts (row {first}).")
    if not rows:
        notes.append("The file has no rows.")
    return notes + checker.notes()


class _Writer:
    """Parquet written batch by batch, one row group each."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer: pq.ParquetWriter | None = None

    def write(self, frame: pl.DataFrame) -> None:
        table: pa.Table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
        if self._writer is None:
            self._writer = pq.ParquetWriter(self.path, table.schema, compression="zstd")
        self._writer.write_table(table)

    def close(self, empty: pl.DataFrame) -> None:
        """Finish; `empty` gives the columns where no row was ever written."""
        if self._writer is None:
            self.write(empty)
        assert self._writer is not None
        self._writer.close()


def _empty(columns: list[str] | tuple[str, ...]) -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(columns, pl.String) | {ROW: pl.Int64, FAULT: pl.String})


def _sync_files(folder: Path) -> None:
    for path in folder.iterdir():
        with open(path, "rb") as handle:
            os.fsync(handle.fileno())
    sync_folder(folder)
