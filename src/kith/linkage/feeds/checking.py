"""Checking a batch of rows against a definition: what is good, what is rejected and why, what is set aside."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from kith.linkage.feeds.definition import Column, Definition
from kith.linkage.feeds.header import find
from kith.linkage.feeds.readers.source import FAULT, ROW
from kith.linkage.feeds.values import Reading, cell, unknown_codes, why_bad

OK, DELETED = "_ok", "_deleted"
NAMED_CODES = 5


@dataclass(frozen=True)
class Rejected:
    """A row that cannot be loaded: its reasons, and the row as it was."""

    row: int
    reasons: list[str]
    original: dict[str, str | None]


@dataclass
class SetAside:
    """Values that were not used though their rows were: how many of each kind, and where the first ones stand."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    rows: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def add(self, title: str, why: str, row: int, how_many: int = 1) -> None:
        self.counts[title, why] += how_many
        first = self.rows.setdefault((title, why), [])
        if len(first) < 3:
            first.append(row)


@dataclass
class UnknownCodes:
    """Codes of one column that are in no list: how many values, and the first few codes with where they stand.

    A column that holds anything at all may have millions of them, so no more than the first few are kept.
    """

    values: int = 0
    first: dict[str, tuple[int, int]] = field(default_factory=dict)  # code: its first row, and how many values
    are_more: bool = False

    def add(self, code: str, row: int) -> None:
        self.values += 1
        if code in self.first or len(self.first) < NAMED_CODES:
            place, count = self.first.get(code, (row, 0))
            self.first[code] = (place, count + 1)
        else:
            self.are_more = True

    def sentence(self, title: str) -> str:
        """Which they are, and from which row on."""
        named = ", ".join(f'"{code}" ({_rows([row], count)})' for code, (row, count) in self.first.items())
        if len(self.first) == 1:
            return f"{title}: {named} is in no code list; kept as it is."
        others = " and others" if self.are_more else ""
        return f"{title}: {self.values:,} values are in no code list; kept as they are: {named}{others}."


class Checker:
    """Checks batch after batch of one file. `today` decides what is in the future; `day` is the delivery's own."""

    def __init__(self, definition: Definition, names: Sequence[str], today: date, day: date | None = None) -> None:
        self.definition, self.names, self.today = definition, tuple(names), today
        self.day = (day or today).isoformat()
        self.set_aside = SetAside()
        self.unknown: defaultdict[str, UnknownCodes] = defaultdict(UnknownCodes)
        self.readings = [self._reading(column, number) for number, column in enumerate(definition.columns)]
        self.places = dict.fromkeys(
            place for reading in self.readings for place in (*reading.places, reading.where) if place
        )

    def _reading(self, column: Column, number: int) -> Reading:
        found = [find(column, place, self.names) for place in column.places]
        where = find(column, column.only_where[0], self.names) if column.only_where else None
        return Reading(column, tuple(name for name in found if name is not None), number, self.day, where or "")

    def check(self, batch: pl.DataFrame) -> tuple[pl.DataFrame, list[Rejected]]:
        """The batch in our columns, with ROW, OK and DELETED; and the rows that cannot be loaded."""
        format_, today = self.definition.format, self.today
        read = batch.select(ROW, FAULT, *[cell(place) for place in self.places])
        read = read.with_columns(r.raw().alias(r.raw_name) for r in self.readings)
        read = read.select(ROW, FAULT, *[r.raw_name for r in self.readings],
                           *[r.value(format_, today).alias(r.column.name) for r in self.readings])  # fmt: skip
        read = read.with_columns(
            *[r.bad().alias(f"bad {r.number}") for r in self.readings],
            *[r.future(today).alias(f"future {r.number}") for r in self.readings],
        )
        read = read.with_columns(self._deleted().alias(DELETED))
        reasons = self._faults(read)
        for place, reading in enumerate(self.readings):
            self._problems(read, place, reading.column, reasons)
        values = read.select(
            ROW, *[pl.when(~pl.col(f"future {place}") & (pl.col(r.column.name) != ""))
                .then(pl.col(r.column.name))
                .alias(r.column.name)
                   for place, r in enumerate(self.readings)],
            DELETED, (~pl.col(ROW).is_in(list(reasons))).alias(OK),
        )  # fmt: skip
        return values, self._rejected(batch, reasons)

    def _deleted(self) -> pl.Expr:
        if self.definition.deletes is None:
            return pl.lit(False)
        column, value = self.definition.deletes
        return (pl.col(column).str.to_lowercase() == value.lower()).fill_null(False)

    def _faults(self, read: pl.DataFrame) -> dict[int, list[str]]:
        broken = read.filter(pl.col(FAULT).is_not_null()).select(ROW, FAULT)
        return {row: [fault] for row, fault in broken.iter_rows()}

    def _problems(self, read: pl.DataFrame, place: int, column: Column, reasons: dict[int, list[str]]) -> None:
        bad, future, raw = pl.col(f"bad {place}"), pl.col(f"future {place}"), pl.col(f"raw {place}")
        needed = column.required or column.name in self.definition.key
        wrong = bad | future | (raw.is_null() if needed else pl.lit(False))
        if not needed and not column.codes and not read[f"bad {place}"].any() and not read[f"future {place}"].any():
            return
        whole = read.filter(pl.col(FAULT).is_null())
        for row, text, in_future, deleted in whole.filter(wrong).select(ROW, raw, future, DELETED).iter_rows():
            self._one_problem(column, row, text, in_future, deleted, reasons)
        unknown = whole.filter(unknown_codes(column, raw)).select(ROW, raw)
        for row, text in unknown.iter_rows():
            self.unknown[column.title].add(text[:40], row)

    def _one_problem(
        self, column: Column, row: int, text: str | None, in_future: bool, deleted: bool, reasons: dict[int, list[str]]
    ) -> None:
        """A deleted row needs its key and nothing else."""
        if deleted and column.name not in self.definition.key:
            return
        if text is None:
            reasons.setdefault(row, []).append(f"{column.title} is empty.")
            return
        why, impossible = ("is in the future", True) if in_future else why_bad(column, text, self.definition.format)
        is_code = bool(column.codes) and column.unknown_code == "reject" and column.type == "text"
        if column.required or column.name in self.definition.key or impossible or column.else_reject or is_code:
            reasons.setdefault(row, []).append(f'{column.title} "{text[:60]}" {why}.')
        else:
            self.set_aside.add(column.title, why, row)

    def _rejected(self, batch: pl.DataFrame, reasons: dict[int, list[str]]) -> list[Rejected]:
        if not reasons:
            return []
        rows = batch.filter(pl.col(ROW).is_in(list(reasons))).drop(FAULT)
        made = []
        for original in rows.iter_rows(named=True):
            row = original.pop(ROW)
            made.append(Rejected(row, reasons[row], original))
        return made

    def notes(self) -> list[str]:
        """What was set aside or kept though unknown, in sentences. No value that could be a child's is repeated."""
        notes = [
            f"{title}: {count:,} {'value' if count == 1 else 'values'} set aside, because each {why} "
            f"({_rows(self.set_aside.rows[title, why], count)})."
            for (title, why), count in self.set_aside.counts.most_common(40)
        ]
        return notes + [codes.sentence(title) for title, codes in self.unknown.items()]


def _rows(first: list[int], count: int) -> str:
    rows = ", ".join(str(row) for row in first)
    return f"row{'s' if count > 1 else ''} {rows}{' and more' if count > len(first) else ''}"
