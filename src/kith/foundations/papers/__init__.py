"""A document without a format, and its writers: page, Word, PDF, spreadsheet and CSV, with the same numbers in each."""

from kith.foundations.papers.paper import (
    Bullets,
    Drawing,
    Heading,
    PageBreak,
    Paper,
    Part,
    Words,
    parts_of,
)
from kith.foundations.papers.writing import FORMATS, Format, write

__all__ = [
    "FORMATS",
    "Bullets",
    "Drawing",
    "Format",
    "Heading",
    "PageBreak",
    "Paper",
    "Part",
    "Words",
    "parts_of",
    "write",
]
