"""Which feeds a file is: one, several (a workbook's sheets, a return's parts), or none, and then what came nearest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any

from kith.linkage.feeds.definition import Definition
from kith.linkage.feeds.encoding import choose_encoding
from kith.linkage.feeds.header import MissingColumnsError, find_header, missing_columns
from kith.linkage.feeds.keeping import TextFacts, byte_order_mark
from kith.linkage.feeds.readers.csv_rows import choose_delimiter, first_rows
from kith.linkage.feeds.readers.jsonl_rows import flat
from kith.linkage.feeds.readers.source import FileError
from kith.linkage.feeds.readers.xlsx_rows import first_rows as sheet_first_rows
from kith.linkage.feeds.readers.xlsx_rows import open_workbook
from kith.linkage.feeds.readers.xml_rows import has_path, paths_of

ENDINGS = {
    "csv": (".csv", ".txt", ".tsv", ".dat"), "xlsx": (".xlsx", ".xlsm"), "xml": (".xml",),
    "jsonl": (".jsonl", ".ndjson", ".json"), "fixed": (".txt", ".dat", ".fix", ".prn"),
}  # fmt: skip
DELIVERED = frozenset(ending for endings in ENDINGS.values() for ending in endings)
HEAD = 256 * 1024


@dataclass(frozen=True)
class NearMiss:
    """A feed the file is not quite: what it lacks."""

    feed: str
    missing: tuple[str, ...]
    wrong_name: bool
    share: float  # of the columns needed that are there


@dataclass(frozen=True)
class Recognised:
    """The feeds a file is. `failed`: feeds it was meant to be, by its name, whose columns are not there."""

    feeds: tuple[Definition, ...] = ()
    failed: tuple[tuple[Definition, str], ...] = ()
    near: tuple[NearMiss, ...] = ()
    problem: str = ""

    @property
    def sentence(self) -> str:
        """Why nobody's feed this is, and what came nearest."""
        if self.problem:
            return self.problem
        if not self.near:
            return "No feed is defined for a file like this."
        return "No feed is defined for this file. Nearest: " + "; ".join(_near_words(miss) for miss in self.near) + "."


def recognise(path: Path, definitions: Iterable[Definition]) -> Recognised:
    """Compare a file's name and first rows with every definition."""
    possible = [one for one in definitions if path.suffix.lower() in ENDINGS[one.format.kind]]
    look = _Look(path)
    likely = [one for one in possible if _name_fits(path, one)]
    try:
        tried = [(one, True, *_lacks(look, one)) for one in likely]
        if all(missing for _, _, missing, _, _ in tried):  # only then is it worth asking what came nearest
            tried += [(one, False, *_lacks(look, one)) for one in possible if one not in likely]
    except FileError as error:
        named = [one for one in likely if one.recognise.files]
        return Recognised(failed=tuple((one, str(error)) for one in named[:1]), problem=str(error))
    feeds = tuple(one for one, named, missing, _, _ in tried if named and not missing)
    if not feeds and look.is_empty:  # nothing to tell is a delivery too
        feeds = tuple(one for one in possible if one.recognise.files and _name_fits(path, one))[:1]
    if feeds:
        return Recognised(feeds)
    failed = _meant_to_be(tried)
    return Recognised(failed=failed, near=() if failed else _nearest(tried))


Tried = tuple[Definition, bool, list[str], float, str]


def _meant_to_be(tried: list[Tried]) -> tuple[tuple[Definition, str], ...]:
    """The feed whose name the file has and most of whose columns, though not all."""
    named = [one for one in tried if one[1] and one[0].recognise.files and one[3] >= 0.5]
    if not named:
        return ()
    best = max(named, key=lambda one: one[3])
    return ((best[0], best[4]),)


def _nearest(tried: list[Tried]) -> tuple[NearMiss, ...]:
    near = [
        NearMiss(one.feed, tuple(missing), not named, share) for one, named, missing, share, _ in tried if share >= 0.4
    ]
    return tuple(sorted(near, key=lambda miss: (-miss.share, miss.wrong_name, miss.feed))[:3])


def _near_words(miss: NearMiss) -> str:
    if not miss.missing:
        return f"{miss.feed} (the columns fit, the file's name does not)"
    return f"{miss.feed} (it lacks {', '.join(miss.missing[:6])})"


def _name_fits(path: Path, definition: Definition) -> bool:
    name = path.name.lower()
    return not definition.recognise.files or any(fnmatchcase(name, one.lower()) for one in definition.recognise.files)


class _Look:
    """What the definitions of each format look at, read once and only when one of them asks."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._rows: dict[str, list[list[str]]] = {}

    @cached_property
    def paths(self) -> set[str]:
        return paths_of(self.path)

    @cached_property
    def sheets(self) -> dict[str, list[list[str]]]:
        workbook: Any = open_workbook(self.path)
        found = {name: sheet_first_rows(workbook[name]) for name in workbook.sheetnames}
        workbook.close()
        return found

    def first_rows(self, delimiter: str) -> list[list[str]]:
        if delimiter not in self._rows:
            self._rows[delimiter] = first_rows(self.head, delimiter)
        return self._rows[delimiter]

    @cached_property
    def is_empty(self) -> bool:
        return self.path.stat().st_size < 4096 and not self.path.read_bytes().strip()

    @cached_property
    def names(self) -> list[str]:
        lines = self.head.splitlines()[:50]
        return list(dict.fromkeys(name for line in lines for name in flat(line)[0]))

    @cached_property
    def head(self) -> str:
        with open(self.path, "rb") as handle:
            first = handle.read(HEAD)
        mark = byte_order_mark(first)
        try:
            first.decode("utf-8")
            facts = TextFacts(mark)
        except UnicodeDecodeError as error:
            facts = TextFacts(mark, is_utf8=error.start > len(first) - 4, is_ascii=False)
        return first.decode(choose_encoding("utf-8", facts)[0], errors="replace")


def _lacks(look: _Look, definition: Definition) -> tuple[list[str], float, str]:
    """What the file lacks of the definition's needs, the share it has, and the lack in words."""
    needs = max(len(missing_columns(definition, [])), 1)
    words = ""
    match definition.format.kind:
        case "xml":
            needs = max(len(definition.recognise.columns), 1)
            missing = [one for one in definition.recognise.columns if not has_path(look.paths, one)]
            words = f"{', '.join(missing)} is nowhere in the file."
        case "jsonl":
            missing = missing_columns(definition, look.names)
        case "fixed":
            return _fixed_lacks(look.head, definition)
        case "xlsx":
            missing, words = _sheet_lacks(look.sheets, definition)
        case _:
            try:
                choose_delimiter(look.first_rows, look.head, definition)
                missing = []
            except MissingColumnsError as error:
                missing, words = error.missing, str(error)
    return missing, 1 - len(missing) / needs, words or f"{', '.join(missing)} is not in the file."


def _sheet_lacks(sheets: dict[str, list[list[str]]], definition: Definition) -> tuple[list[str], str]:
    wanted = (definition.format.sheet or "*").lower()
    best: MissingColumnsError | None = None
    for name, rows in sheets.items():
        if not fnmatchcase(name.lower(), wanted):
            continue
        try:
            find_header(rows, definition)
        except MissingColumnsError as error:
            best = error if best is None or len(error.missing) < len(best.missing) else best
        else:
            return [], ""
    missing = best.missing if best else [f'sheet "{definition.format.sheet}"', *missing_columns(definition, [])]
    return missing, str(best) if best else ""


def _fixed_lacks(head: str, definition: Definition) -> tuple[list[str], float, str]:
    """Fixed width has no names: the file's own name decides, and its lines must be long enough."""
    lines = [line for line in head.splitlines()[definition.format.header_row :] if line.strip()]
    reach = max((last for column in definition.columns if column.required for _, last in column.spans), default=1)
    if not definition.recognise.files:
        return ["a name to know it by"], 0.0, ""
    fits = bool(lines) and len(lines[0]) >= reach
    return (
        ([], 1.0, "")
        if fits
        else ([f"lines of {reach} characters"], 0.3, f"The lines do not reach to {reach} characters.")
    )
