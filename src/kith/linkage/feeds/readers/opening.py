"""Opening a file as one feed, whatever its format."""

from __future__ import annotations

from pathlib import Path

from kith.linkage.feeds.definition import Definition
from kith.linkage.feeds.keeping import TextFacts
from kith.linkage.feeds.readers.csv_rows import CsvSource
from kith.linkage.feeds.readers.fixed_rows import FixedSource
from kith.linkage.feeds.readers.jsonl_rows import JsonLinesSource
from kith.linkage.feeds.readers.source import Source
from kith.linkage.feeds.readers.xlsx_rows import XlsxSource
from kith.linkage.feeds.readers.xml_rows import XmlSource


def open_source(path: Path, definition: Definition, text: TextFacts) -> Source:
    """Raises FileError or MissingColumnsError, in words, where the file cannot be read as this feed."""
    match definition.format.kind:
        case "csv":
            return CsvSource(path, definition, text)
        case "xlsx":
            return XlsxSource(path, definition)
        case "xml":
            return XmlSource(path, definition)
        case "jsonl":
            return JsonLinesSource(path, definition, text)
        case _:
            return FixedSource(path, definition, text)
