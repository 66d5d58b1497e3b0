"""Separated values: any delimiter, quotes, line ends; fast where the text is plain, careful where it is not."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import polars as pl

from kith.linkage.feeds.definition import Definition
from kith.linkage.feeds.encoding import choose_encoding
from kith.linkage.feeds.header import (
    Header,
    MissingColumnsError,
    column_notes,
    find_header,
    is_header_again,
    missing_columns,
)
from kith.linkage.feeds.keeping import TextFacts
from kith.linkage.feeds.readers.source import FAULT, LONGEST_CELL, ROW, fit, frame_of

CHUNK = 2 << 20  # characters read at a time
LONGEST_RECORD = 8 << 20  # a quotation mark open for longer than this was never meant
DELIMITERS = (",", ";", "\t", "|", "~", "^")
_TITLES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
csv.field_size_limit(LONGEST_RECORD * 2)


class CsvSource:
    """A separated-values file opened as a feed. Raises MissingColumnsError where needed columns are not there."""

    def __init__(self, path: Path, definition: Definition, text: TextFacts) -> None:
        self.path, self.broken_off = path, ""
        self.encoding, self.notes = choose_encoding(definition.format.encoding, text)
        with self._open() as handle:
            head = handle.read(256 * 1024)
        self.delimiter, self.header = choose_delimiter(lambda one: first_rows(head, one), head, definition)
        self.columns = self.header.names
        edge = re.escape(self.delimiter)
        self._quoted = re.compile(rf'(?:(?<=[{edge}\n])|(?<![\s\S]))"[^"\n]*"(?=[{edge}\n]|\Z)')
        declared = definition.format.delimiter
        if declared and declared != self.delimiter:
            self.notes.append(f"Separated by {_title(self.delimiter)}, not {_title(declared)} as was agreed; read so.")
        self.notes += self.header.notes + column_notes(definition, self.columns)

    def batches(self) -> Iterator[pl.DataFrame]:
        row, mended = 0, 0
        again: list[int] = []
        for chunk in self._chunks():
            frame, read = self._fast(chunk, row) or self._careful(chunk, row)
            row += read
            mended += chunk.count("\ufffd") + chunk.count("\x00")
            if row - read < self.header.row:
                frame = frame.filter(pl.col(ROW) > self.header.row)
            frame, repeats = self._without_headers(frame)
            again += repeats
            if frame.height:
                yield frame
        self._note_what_was_skipped(again, mended)

    def _open(self) -> io.TextIOWrapper:
        return open(self.path, encoding=self.encoding, errors="replace", newline=None)

    def _chunks(self) -> Iterator[str]:
        """Whole records: cut after a line end that no quotation mark holds open."""
        rest = ""
        with self._open() as handle:
            while block := handle.read(CHUNK):
                rest += block
                cut = rest.rfind("\n") + 1
                if cut and (rest.count('"', 0, cut) % 2 == 0 or len(rest) > LONGEST_RECORD):
                    yield rest[:cut]
                    rest = rest[cut:]
        if rest:
            yield rest

    def _fast(self, chunk: str, row: int) -> tuple[pl.DataFrame, int] | None:
        """The plain case, in columns at once: no blank line, the same cells in each row, quoted whole or not at all."""
        if row == 0 or "\x00" in chunk or "\n\n" in chunk or chunk[0] == "\n":
            return None
        bare = self._quoted.sub("", chunk) if '"' in chunk else chunk
        lines, width = chunk.count("\n") + (not chunk.endswith("\n")), len(self.columns)
        if width < 2 or '"' in bare or bare.count(self.delimiter) != lines * (width - 1):
            return None
        quote = '"' if len(bare) < len(chunk) else None
        try:
            frame = pl.read_csv(chunk.encode(), separator=self.delimiter, has_header=False, infer_schema=False,
                                quote_char=quote, new_columns=list(self.columns))  # fmt: skip
        except pl.exceptions.PolarsError:
            return None
        if frame.height != lines or frame.width != width or _has_giant(frame):
            return None
        numbers = pl.int_range(row + 1, row + lines + 1, dtype=pl.Int64, eager=True).alias(ROW)
        return frame.with_columns(numbers, pl.lit(None, dtype=pl.String).alias(FAULT)), lines

    def _careful(self, chunk: str, row: int) -> tuple[pl.DataFrame, int]:
        """Row by row. Where a quotation mark is never closed, each line stands for itself."""
        chunk = chunk.replace("\x00", "")
        records = list(csv.reader(io.StringIO(chunk, newline=""), delimiter=self.delimiter))
        if chunk.count('"') % 2 and _swallows(records):
            records = [next(csv.reader([line], delimiter=self.delimiter), []) for line in chunk.splitlines()]
        width, rows, numbers, faults = len(self.columns), [], [], []
        for number, cells in enumerate(records, start=row + 1):
            if not any(cell.strip() for cell in cells):
                continue
            fitted, fault = fit(cells, width)
            rows.append(fitted)
            numbers.append(number)
            faults.append(fault)
        return frame_of(self.columns, rows, numbers, faults), len(records)

    def _without_headers(self, frame: pl.DataFrame) -> tuple[pl.DataFrame, list[int]]:
        """Rows that repeat the header are no data: a second header row, or files put one after the other."""
        first = self.columns[0]
        suspects = frame.filter(pl.col(first).str.strip_chars().str.to_lowercase() == first.lower())
        repeats = [
            number for *cells, number, _ in suspects.iter_rows() if is_header_again(cells, self.columns)
        ]  # fmt: skip
        return (frame.filter(~pl.col(ROW).is_in(repeats)) if repeats else frame), repeats

    def _note_what_was_skipped(self, again: Sequence[int], mended: int) -> None:
        if again:
            rows = ", ".join(str(number) for number in again[:5])
            self.notes.append(f"The header is there again in row {rows}; such rows were passed over.")
        if mended:
            self.notes.append(f"{mended} characters could not be read in this encoding; a sign stands in their place.")


def _has_giant(frame: pl.DataFrame) -> bool:
    longest = frame.select(pl.max_horizontal(pl.all().str.len_bytes().max())).item()
    return longest is not None and longest > LONGEST_CELL


def _swallows(records: Sequence[Sequence[str]]) -> bool:
    """Whether some cell runs over many lines, as when a quotation mark is opened and not closed."""
    return any(cell.count("\n") > 50 for record in records for cell in record)


def choose_delimiter(split: Callable[[str], list[list[str]]], head: str, definition: Definition) -> tuple[str, Header]:
    """The declared delimiter where it gives the columns, else whichever does; `split` gives the first rows by one.

    Raises MissingColumnsError.
    """
    declared = definition.format.delimiter
    order = [declared] if declared else []
    seen = {one: head.count(one, 0, 20_000) for one in DELIMITERS}
    order += [one for one in sorted(DELIMITERS, key=lambda one: -seen[one]) if one != declared and seen[one]] or [","]
    best: MissingColumnsError | None = None
    for delimiter in order:
        try:
            return delimiter, find_header(split(delimiter), definition)
        except MissingColumnsError as missing:
            if best is None or len(missing.missing) < len(best.missing):
                best = missing
    raise best or MissingColumnsError(missing_columns(definition, []), [])


def first_rows(head: str, delimiter: str, how_many: int = 30) -> list[list[str]]:
    """The first records of a text."""
    rows = []
    try:
        for record in csv.reader(io.StringIO(head.replace("\x00", ""), newline=""), delimiter=delimiter):
            rows.append(record)
            if len(rows) == how_many:
                break
    except csv.Error:
        pass
    return rows


def _title(delimiter: str) -> str:
    return _TITLES.get(delimiter, f'"{delimiter}"')
