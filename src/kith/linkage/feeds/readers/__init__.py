"""Readers of each format a feed may come in."""

from kith.linkage.feeds.readers.source import BATCH_ROWS, FAULT, ROW, FileError, Source

__all__ = ["BATCH_ROWS", "FAULT", "ROW", "FileError", "Source"]
