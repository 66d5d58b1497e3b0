"""Reading a feed's definition from its YAML file."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from kith.linkage.feeds.definition import (
    FORMATS,
    MODES,
    TYPES,
    AgencyDefinition,
    Arrives,
    Column,
    Definition,
    Format,
    Recognise,
)
from kith.linkage.feeds.definition_parts import read_parts
from kith.linkage.feeds.yaml_lines import Lines, Reader, load_yaml, read_codes

TOP = (
    "feed", "title", "agency", "system", "about", "format", "recognise", "arrives", "key", "deletes", "retention",
    "sharing_agreement", "audience", "known_existence", "columns", "people", "places", "entries", "links",
    "involvements", "professionals",
)  # fmt: skip
COLUMN = (
    "from", "also", "value", "type", "required", "not_future", "codes", "unknown_code", "else", "split",
    "inside", "only_where", "match", "delivery",
)  # fmt: skip
_UNITS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 31, "year": 366}
_TIME = re.compile(r"^(\d+)\s+(hour|day|week|month|year)s?$")
_NAME = re.compile(r"^[a-z0-9][a-z0-9-]*$")


def read_definition(path: Path, lists: Mapping[str, dict[str, str]] | None = None) -> Definition:
    """The definition in a file, which may name these code lists. Raises DefinitionError with every problem."""
    node, reader = load_yaml(path), Reader(path.name)
    reader.known_keys(node, TOP, "a feed")
    made = Definition(
        feed=_name(reader, node, "feed"),
        title=reader.text(node, "title"),
        agency=_name(reader, node, "agency"),
        system=reader.text(node, "system"),
        about=reader.text(node, "about", ""),
        format=_format(reader, reader.part(node, "format")),
        recognise=_recognise(reader, reader.part(node, "recognise")),
        arrives=_arrives(reader, reader.part(node, "arrives")),
        key=reader.texts(node, "key"),
        columns=_columns(reader, reader.part(node, "columns"), lists or {}),
        deletes=_deletes(reader, node),
        retention_keep=reader.text(reader.part(node, "retention"), "keep", ""),
        retention_source=reader.text(reader.part(node, "retention"), "source", ""),
        sharing_agreement=reader.text(node, "sharing_agreement", ""),
        audience=reader.text(node, "audience", "circle"),
        known_existence=reader.yes_no(node, "known_existence", True),
        origin=str(path),
        fingerprint=_fingerprint(path, lists),
        **read_parts(reader, node),
    )
    _check_whole(reader, node, made)
    reader.finish()
    return made


def _fingerprint(path: Path, lists: Mapping[str, dict[str, str]] | None) -> str:
    """Changes when the definition or a code list does."""
    whole = path.read_bytes() + json.dumps(lists or {}, sort_keys=True).encode()
    return hashlib.sha256(whole).hexdigest()[:16]


def read_agencies(path: Path) -> dict[str, AgencyDefinition]:
    """The agencies of an agencies.yaml, by key; none where there is no file."""
    if not path.exists():
        return {}
    node, reader = load_yaml(path), Reader(path.name)
    made = {}
    for key in node:
        part = reader.part(node, key)
        reader.known_keys(part, ("name", "kind", "phone", "email", "out_of_hours", "in_partnership"), "an agency")
        made[key] = AgencyDefinition(
            key=key,
            name=reader.text(part, "name"),
            kind=reader.text(part, "kind"),
            phone=reader.text(part, "phone", ""),
            email=reader.text(part, "email", ""),
            out_of_hours=reader.text(part, "out_of_hours", ""),
            in_partnership=reader.yes_no(part, "in_partnership", True),
        )
    reader.finish()
    return made


def read_time(words: str) -> timedelta | None:
    """'3 days' as a length of time; None where it is not written so. A month is 31 days, a year 366."""
    found = _TIME.match(words.strip())
    return timedelta(days=int(found[1]) * _UNITS[found[2]]) if found else None


def _name(reader: Reader, node: Lines, key: str) -> str:
    found = reader.text(node, key)
    if found and not _NAME.match(found):
        reader.wrong(node.at[key], f'"{found}": use lower case letters, digits and hyphens.')
    return found


def _format(reader: Reader, node: Lines) -> Format:
    allowed = ("kind", "encoding", "delimiter", "header_row", "sheet", "record", "rows", "dates", "times")
    reader.known_keys(node, allowed, "format")
    kind = reader.one_of(node, "kind", FORMATS)
    if kind == "xml" and "record" not in node:
        reader.wrong(node, 'an xml feed needs "record": the element that is read whole, one at a time.')
    row = reader.text(node, "header_row", "0" if kind in ("fixed", "jsonl", "xml") else "1")
    if not row.isdigit():
        reader.wrong(node.at["header_row"], '"header_row" should be a number, counted from 1.')
    return Format(
        kind=kind,
        encoding=reader.text(node, "encoding", "utf-8"),
        delimiter=reader.text(node, "delimiter", "").replace("\\t", "\t").replace("tab", "\t"),
        header_row=int(row) if row.isdigit() else 1,
        sheet=reader.text(node, "sheet", ""),
        record=reader.text(node, "record", ""),
        rows=reader.text(node, "rows", ""),
        dates=reader.texts(node, "dates") or Format.dates,
        times=reader.texts(node, "times") or Format.times,
    )


def _recognise(reader: Reader, node: Lines) -> Recognise:
    reader.known_keys(node, ("file", "columns"), "recognise")
    made = Recognise(reader.texts(node, "file"), reader.texts(node, "columns"))
    if not (made.files or made.columns):
        reader.wrong(node, 'needs "file" or "columns", or no file will be known to be this feed\'s.')
    return made


def _arrives(reader: Reader, node: Lines) -> Arrives:
    reader.known_keys(node, ("every", "silent_after", "mode"), "arrives")
    every = reader.text(node, "every", "once")
    silent = reader.text(node, "silent_after", "")
    length = None if every == "once" else read_time(every)
    if every != "once" and length is None:
        reader.wrong(node.at["every"], f'"{every}" should be "once" or a time such as "1 day", "6 hours", "3 months".')
    if silent and read_time(silent) is None:
        reader.wrong(node.at["silent_after"], f'"{silent}" should be a time such as "3 days".')
    after = read_time(silent) if silent else length * 2 if length else None
    return Arrives(length, every, after, reader.one_of(node, "mode", MODES, "delta"))


def _deletes(reader: Reader, node: Lines) -> tuple[str, str] | None:
    part = reader.part(node, "deletes")
    if "deletes" not in node:
        return None
    reader.known_keys(part, ("column", "value"), "deletes")
    return reader.text(part, "column"), reader.text(part, "value")


def _columns(reader: Reader, node: Lines, lists: Mapping[str, dict[str, str]]) -> tuple[Column, ...]:
    if not node:
        reader.wrong(node, '"columns" is empty: say where each of our columns stands in the file.')
    return tuple(_column(reader, name, reader.part(node, name), lists) for name in node)


def _column(reader: Reader, name: str, node: Lines, lists: Mapping[str, dict[str, str]]) -> Column:
    reader.known_keys(node, COLUMN, f'column "{name}"')
    spans = _spans(node.get("from"))
    if "from" not in node and "value" not in node and "delivery" not in node:
        reader.wrong(node, f'column "{name}" needs "from" (where it stands in the file) or "value" (a constant).')
    return Column(
        name=name,
        sources=() if spans else reader.texts(node, "from"),
        also=reader.texts(node, "also"),
        spans=spans,
        value=reader.text(node, "value", "") if "value" in node else None,
        type=reader.one_of(node, "type", TYPES, "text"),
        required=reader.yes_no(node, "required"),
        not_future=reader.yes_no(node, "not_future"),
        codes=_codes(reader, node, lists),
        unknown_code=reader.one_of(node, "unknown_code", ("keep", "accept", "reject"), "keep"),
        else_reject=reader.one_of(node, "else", ("reject", "set aside"), "set aside") == "reject",
        split=reader.text(node, "split", ""),
        only_where=reader.texts(node, "only_where"),
        match=_expression(reader, node),
        delivery_day=reader.one_of(node, "delivery", ("day",), "") == "day",
        inside=reader.text(node, "inside", ""),
    )


def _expression(reader: Reader, node: Lines) -> str:
    found = reader.text(node, "match", "")
    try:
        re.compile(found)
    except re.error as error:
        reader.wrong(node.at["match"], f'"match" is not a regular expression ({error}).')
    return found if "(" in found or not found else f"({found})"


def _codes(reader: Reader, node: Lines, lists: Mapping[str, dict[str, str]]) -> dict[str, str]:
    """Codes given here, or the name of a list in codes.yaml."""
    given = node.get("codes")
    if not isinstance(given, str):
        return read_codes(reader.part(node, "codes"))
    if given not in lists:
        reader.wrong(node.at["codes"], f'"{given}" is not a list of codes.yaml{reader.nearest(given, lists)}')
    return lists.get(given, {})


def read_code_lists(path: Path) -> dict[str, dict[str, str]]:
    """The code lists of a codes.yaml, by name; none where there is no file."""
    if not path.exists():
        return {}
    node, reader = load_yaml(path), Reader(path.name)
    lists = {name: read_codes(reader.part(node, name)) for name in node}
    reader.finish()
    return lists


def _spans(found: object) -> tuple[tuple[int, int], ...]:
    """[1, 10] is one span; [[1, 10], [11, 15]] is two; anything else names columns."""
    if not isinstance(found, list) or not found:
        return ()
    if all(type(place) is int for place in found) and len(found) == 2:
        return ((found[0], found[1]),)
    if all(isinstance(item, list) for item in found):
        return tuple(span for item in found for span in _spans(item))
    return ()


def _check_whole(reader: Reader, node: Lines, made: Definition) -> None:
    names = {column.name for column in made.columns}
    for key in made.key:
        if key not in names:
            reader.wrong(node.at["key"], f'the key names "{key}", which is no column{reader.nearest(key, names)}')
    if not made.key:
        reader.wrong(node, '"key" is missing: our columns that make a row the same row next time.')
    if made.deletes and made.deletes[0] not in names:
        reader.wrong(node.at["deletes"], f'"deletes" names "{made.deletes[0]}", which is no column.')
    if made.arrives.mode == "changes" and not made.deletes:
        reader.wrong(node, 'mode "changes" needs "deletes": which column and value say that a row was deleted.')
    if made.audience != "circle" and not made.restricted_to:
        reader.wrong(node.at["audience"], '"audience" should be circle or restricted:<name>.')
    if made.format.kind == "fixed" and not all(column.spans or column.is_given for column in made.columns):
        reader.wrong(node.at["columns"], "in a fixed width feed every column is from: [first, last] character.")
