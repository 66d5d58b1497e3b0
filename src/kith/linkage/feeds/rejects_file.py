"""The rejects file an agency gets back: its own columns in its own order, each row's number and what to mend."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kith.linkage.feeds.checking import Rejected

SHOWN = 5_000  # rows kept for the page; the file has all
_NUMBER = re.compile(r"^[+-]?[\d., ]+$")


class RejectsFile:
    """Writes rejects.csv as rows are rejected, and the first of them as lines of JSON for the database."""

    def __init__(self, folder: Path, columns: Sequence[str]) -> None:
        self.columns, self.count = list(columns), 0
        self._csv = open(folder / "rejects.csv", "w", encoding="utf-8-sig", newline="")  # noqa: SIM115  (closed below)
        self._lines = open(folder / "rejects.jsonl", "w", encoding="utf-8")  # noqa: SIM115
        self._writer = csv.writer(self._csv)
        self._writer.writerow(["Row", "What to mend", *[guarded(name) for name in self.columns]])

    def write(self, rejected: Sequence[Rejected]) -> None:
        for one in rejected:
            cells = [guarded(one.original.get(name) or "") for name in self.columns]
            self._writer.writerow([one.row, " ".join(one.reasons), *cells])
            if self.count < SHOWN:
                line = {"row": one.row, "reasons": one.reasons, "original": one.original}
                self._lines.write(json.dumps(line, ensure_ascii=False) + "\n")
            self.count += 1

    def close(self) -> None:
        self._csv.close()
        self._lines.close()


def guarded(cell: str) -> str:
    """A cell that no spreadsheet will take for a formula."""
    if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not _NUMBER.match(cell):
        return "'" + cell
    return cell


def read_shown(folder: Path) -> Iterator[dict[str, Any]]:
    """The rejects kept for the page."""
    with open(folder / "rejects.jsonl", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
