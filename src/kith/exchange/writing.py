"""Files that are whole or not there: written beside their place and moved to it when everything has been written."""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from openpyxl import Workbook

from kith.linkage.feeds.rejects_file import guarded

UNFINISHED = ".kith-export-"


class CannotWrite(OSError):
    """A folder that cannot be written; the message is the sentence to show."""


@contextmanager
def put_in_place(folder: Path) -> Iterator[Path]:
    """A folder to write into; what was written is moved into `folder` when nothing failed, each file in one step.

    What a killed export left behind is taken away by the next.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left, ignore_errors=True)
        unfinished = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=folder))
    except OSError as error:
        raise CannotWrite(f"{folder} cannot be written: {error.strerror}.") from error
    try:
        yield unfinished
        for file in sorted(unfinished.iterdir()):
            _to_disk(file)
            os.replace(file, folder / file.name)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> int:
    """With no cell that a spreadsheet would take for a formula. Answers how many rows."""
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([guarded(row.get(column, "")) for column in columns])
            written += 1
    return written


def write_xlsx(path: Path, sheet: str, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> int:
    """One sheet; days are days and numbers numbers. Answers how many rows."""
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.append(list(columns))
    written = 0
    for row in rows:
        cells = [row.get(column, "") for column in columns]
        page.append([guarded(cell) if isinstance(cell, str) else cell for cell in cells])
        written += 1
    book.save(path)
    return written


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
