"""Which row of a table names the columns, and which of them a definition needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kith.linkage.feeds.definition import Column, Definition

LOOK_IN = 30  # rows in which the header is looked for


class MissingColumnsError(ValueError):
    """The file has not the columns the feed needs; `missing` names them as the agency does."""

    def __init__(self, missing: Sequence[str], found: Sequence[str]) -> None:
        has = ", ".join(list(found)[:20]) or "none"
        words = "is not in the file" if len(missing) == 1 else "are not in the file"
        super().__init__(f"{', '.join(missing)} {words}. The columns found: {has}.")
        self.missing = list(missing)


@dataclass(frozen=True)
class Header:
    """The header found: its row counted from 1, its names made different from each other."""

    row: int
    names: tuple[str, ...]
    notes: list[str] = field(default_factory=list)


@lru_cache(maxsize=20_000)
def same(name: str) -> str:
    """A column's name as it is compared: case, spaces and invisible marks do not matter."""
    return " ".join(str(name).replace("\u00a0", " ").replace("\ufeff", "").split()).casefold()


def find(column: Column, place: str, names: Iterable[str]) -> str | None:
    """The file's own name for one of a column's places, under any of its names."""
    known = {same(name): name for name in reversed(list(names))}
    other = column.also if len(column.places) == 1 else ()
    return next((known[same(name)] for name in (place, *other) if same(name) in known), None)


def needed_columns(definition: Definition) -> list[Column]:
    """Columns without which no row of the feed means anything."""
    return [
        column for column in definition.columns
        if not column.is_given and (column.required or column.name in definition.key)
    ]  # fmt: skip


def missing_columns(definition: Definition, names: Sequence[str]) -> list[str]:
    """What the feed must have and these names have not."""
    known = {same(name) for name in names}
    missing = [name for name in definition.recognise.columns if not _known_by_any_name(definition, name, known)]
    for column in needed_columns(definition):
        missing += [place for place in column.places if find(column, place, names) is None and place not in missing]
    return missing


def _known_by_any_name(definition: Definition, name: str, known: set[str]) -> bool:
    if same(name) in known:
        return True
    column = next((c for c in definition.columns if c.sources == (name,)), None)
    return column is not None and any(same(other) in known for other in column.also)


def find_header(rows: Sequence[Sequence[str]], definition: Definition) -> Header:
    """The header among a table's first rows: where the definition says, else wherever all needed columns stand.

    Raises MissingColumnsError, for the row that comes nearest.
    """
    declared = definition.format.header_row - 1
    order = [declared, *(place for place in range(min(len(rows), LOOK_IN)) if place != declared)]
    best: tuple[list[str], int] | None = None
    for place in order:
        if not 0 <= place < len(rows) or not any(rows[place]):
            continue
        missing = missing_columns(definition, rows[place])
        if best is None or len(missing) < len(best[0]):
            best = missing, place
        if not missing:
            break
    if best is None:
        raise MissingColumnsError(missing_columns(definition, []), [])
    missing, place = best
    if missing:
        raise MissingColumnsError(missing, [name for name in rows[place] if name])
    notes = []
    if place != declared:
        notes.append(
            f"The columns are named in row {place + 1}, not in row {declared + 1} as was agreed; read from there."
        )
    return Header(place + 1, different(rows[place]), notes)


def different(names: Sequence[str]) -> tuple[str, ...]:
    """Names made different: an empty one is 'column 3', a second 'Date' is 'Date (2)'."""
    seen: dict[str, int] = {}
    made = []
    for place, name in enumerate(names, start=1):
        tidy = " ".join(str(name).replace("\u00a0", " ").replace("\ufeff", "").split()) or f"column {place}"
        seen[tidy] = seen.get(tidy, 0) + 1
        made.append(tidy if seen[tidy] == 1 else f"{tidy} ({seen[tidy]})")
    return tuple(made)


def is_header_again(cells: Sequence[str | None], names: Sequence[str]) -> bool:
    """Whether a row repeats the header: most of its cells are the names of their own columns."""
    filled = [(cell, name) for cell, name in zip(cells, names, strict=False) if cell]
    return len(filled) >= 2 and sum(same(cell) == same(name) for cell, name in filled) > len(filled) / 2


def column_notes(definition: Definition, names: Sequence[str]) -> list[str]:
    """What to tell the agency about columns that are extra, and optional ones that are not there."""
    used = {find(column, place, names) for column in definition.columns for place in column.places}
    extra = [name for name in names if name not in used and not name.startswith("column ")]
    absent = [place for column in definition.columns for place in column.places
              if find(column, place, names) is None]  # fmt: skip
    notes = []
    if extra:
        notes.append(f"{_count(extra, 'column')} kept and not used: {_some(extra)}.")
    if absent:
        notes.append(f"{_count(absent, 'column')} that may come did not: {_some(absent)}.")
    return notes


def _count(names: Sequence[str], what: str) -> str:
    return f"{len(names)} {what}" + ("s" if len(names) != 1 else "")


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:12]) + (" and more" if len(names) > 12 else "")
