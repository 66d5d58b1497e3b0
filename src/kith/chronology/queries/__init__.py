"""Questions about entries. Row security has already decided which there are."""

from kith.chronology.queries.beside import Beside, Other, beside
from kith.chronology.queries.lines import (
    Filters,
    Line,
    MonthCount,
    SourceCount,
    entry_seen,
    latest_lines,
    latest_of_each,
    line_of,
    lines_between,
    months_of,
    next_month,
    parts_of,
    sources_of,
    stands_instead,
)

__all__ = [
    "Beside",
    "Filters",
    "Line",
    "MonthCount",
    "Other",
    "SourceCount",
    "beside",
    "entry_seen",
    "latest_lines",
    "latest_of_each",
    "line_of",
    "lines_between",
    "months_of",
    "next_month",
    "parts_of",
    "sources_of",
    "stands_instead",
]
