"""XML read one record at a time: no entities, no network, no huge tree; what came before a break is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
from lxml import etree

from kith.linkage.feeds.definition import Definition
from kith.linkage.feeds.readers.source import BATCH_ROWS, LONGEST_CELL, FileError, frame_of

Element = Any  # lxml's own, which has no public type
SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "remove_comments": True,
        "remove_pis": True}  # fmt: skip


class XmlSource:
    """An XML file opened as a feed. A column's path starts from the row; one that begins with / starts from the top."""

    def __init__(self, path: Path, definition: Definition) -> None:
        self.path, self.broken_off = path, ""
        self.notes: list[str] = []
        self.record, self.rows = definition.format.record, definition.format.rows
        self.columns = tuple(
            dict.fromkeys(place for c in definition.columns for place in (*c.places, *c.only_where[:1]))
        )
        self._also = {c.places[0]: c.also for c in definition.columns if c.also and c.places}
        self._top: dict[str, str] = {}

    def batches(self) -> Iterator[pl.DataFrame]:
        rows: list[list[str | None]] = []
        number = 0
        try:
            for record in self._records():
                for row in steps(record, self.rows) if self.rows else [record]:
                    rows.append([self._cell(row, path) for path in self.columns])
                if len(rows) >= BATCH_ROWS:
                    yield self._frame(rows, number)
                    number, rows = number + len(rows), []
        except etree.XMLSyntaxError as error:
            self.broken_off = (
                f"The file breaks off or is damaged at line {error.lineno} ({str(error.msg)[:120]}); "
                "what stands before that was read."
            )
        if rows:
            yield self._frame(rows, number)

    def _frame(self, rows: list[list[str | None]], before: int) -> pl.DataFrame:
        return frame_of(self.columns, rows, range(before + 1, before + len(rows) + 1), [None] * len(rows))

    def _records(self) -> Iterator[Element]:
        """Each record whole; memory is given back as soon as one is done with."""
        depth, inside = [], 0
        with open(self.path, "rb") as handle:
            for event, element in etree.iterparse(handle, events=("start", "end"), **SAFE):
                name = local(element)
                if event == "start":
                    depth.append(name)
                    inside += name == self.record
                    continue
                inside -= name == self.record
                if name == self.record and not inside:
                    yield element
                    _forget(element)
                elif not inside and not len(element) and element.text and element.text.strip():
                    self._top.setdefault("/" + "/".join(depth), element.text.strip())
                depth.pop()

    def _cell(self, row: Element, path: str) -> str | None:
        for one in (path, *self._also.get(path, ())):
            if one.startswith("/"):
                return self._top.get(one)
            found = [text for element in steps(row, one) if (text := _text(element))]
            if found:
                return "; ".join(found)[:LONGEST_CELL]
        return None


def paths_of(path: Path, most: int = 200_000) -> set[str]:
    """The paths that stand in the file's first elements, from the top. Raises FileError where it is not XML."""
    depth: list[str] = []
    found: set[str] = set()
    try:
        with open(path, "rb") as handle:
            for event, element in etree.iterparse(handle, events=("start", "end"), **SAFE):
                if event == "start":
                    depth.append(local(element))
                    found.add("/".join(depth))
                    most -= 1
                else:
                    depth.pop()
                    _forget(element)
                if most <= 0:
                    break
    except etree.XMLSyntaxError as error:
        if not found:
            raise FileError(f"This is not XML that can be read ({str(error.msg)[:120]}).") from error
    return found


def has_path(paths: set[str], wanted: str) -> bool:
    """Whether a path stands in the file, wherever it begins."""
    end = wanted.replace("../", "").strip("/")
    return any(path == end or path.endswith("/" + end) for path in paths)


def steps(start: Element, path: str) -> list[Element]:
    """The elements a path leads to, by local names; `..` is the parent, `@name` an attribute's text."""
    here = [start]
    for step in path.split("/"):
        if step in ("", "."):
            continue
        if step == "..":
            here = [parent for one in here if (parent := one.getparent()) is not None][:1]
        elif step.startswith("@"):
            return [text for one in here if (text := one.get(step[1:])) is not None]
        else:
            here = [child for one in here for child in one if local(child) == step]
    return here


def local(element: Element) -> str:
    """An element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _text(found: Element) -> str:
    return (found if isinstance(found, str) else found.text or "").strip().replace("\x00", "")


def _forget(element: Element) -> None:
    element.clear(keep_tail=False)
    while element.getprevious() is not None and element.getparent() is not None:
        del element.getparent()[0]
