"""JSON lines: each line is an object; a value inside another is named by its path, as in `person.dob`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from kith.linkage.feeds.definition import Definition
from kith.linkage.feeds.encoding import choose_encoding
from kith.linkage.feeds.header import MissingColumnsError, column_notes, find, missing_columns
from kith.linkage.feeds.keeping import TextFacts
from kith.linkage.feeds.readers.source import BATCH_ROWS, LONGEST_CELL, frame_of

LINE = "line"
LOOK_IN = 1000  # lines in which the names are looked for
LONGEST_LINE = 8 << 20


class JsonLinesSource:
    """A JSON lines file opened as a feed. Raises MissingColumnsError where needed names are not in it."""

    def __init__(self, path: Path, definition: Definition, text: TextFacts) -> None:
        self.path, self.broken_off = path, ""
        self.encoding, self.notes = choose_encoding(definition.format.encoding, text)
        with self._open() as handle:
            seen = list(dict.fromkeys(name for line in islice(handle, LOOK_IN) for name in flat(line)[0]))
        if seen and (missing := missing_columns(definition, seen)):
            raise MissingColumnsError(missing, seen)
        self.notes += column_notes(definition, seen) if seen else []
        wanted = [find(column, place, seen) or place for column in definition.columns for place in column.places]
        self.names = list(dict.fromkeys(wanted))
        self.columns = (LINE, *self.names)

    def batches(self) -> Iterator[pl.DataFrame]:
        number = 0
        with self._open() as handle:
            while lines := [line.strip() for line in islice(handle, BATCH_ROWS)]:
                rows: list[list[str | None]] = []
                numbers, faults = [], []
                for line in lines:
                    number += 1
                    if not line:
                        continue
                    found, fault = flat(line)
                    rows.append([line[:LONGEST_CELL], *[found.get(name) for name in self.names]])
                    numbers.append(number)
                    faults.append(fault)
                if rows:
                    yield frame_of(self.columns, rows, numbers, faults)

    def _open(self) -> Any:
        return open(self.path, encoding=self.encoding, errors="replace", newline=None)


def flat(line: str) -> tuple[dict[str, str | None], str | None]:
    """The line's values by path, and why it cannot be read, if it cannot."""
    line = line.strip()
    if len(line) > LONGEST_LINE:
        return {}, f"This line has {len(line):,} characters; a line may have {LONGEST_LINE:,}."
    try:
        found = json.loads(line) if line else {}
    except (ValueError, RecursionError) as error:
        return {}, f"This line is not JSON ({str(error)[:100]}); it may be cut off."
    if not isinstance(found, dict):
        return {}, "This line is not a JSON object with names and values."
    made: dict[str, str | None] = {}
    _flatten(found, "", made)
    return made, None


def _flatten(found: dict[str, Any], before: str, made: dict[str, str | None]) -> None:
    for name, value in found.items():
        if isinstance(value, dict):
            _flatten(value, f"{before}{name}.", made)
        else:
            made[before + name] = _text(value)


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        plain = all(not isinstance(item, (dict, list)) for item in value)
        return "; ".join(_text(item) or "" for item in value) if plain else json.dumps(value, ensure_ascii=False)
    return str(value).replace("\x00", "")[:LONGEST_CELL]
