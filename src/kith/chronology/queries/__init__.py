"""Questions about entries. Row security has already decided which there are."""

from kith.chronology.queries.beside import Beside, Other, beside
from kith.chronology.queries.lines import (
    Filters,
    Line,
    MonthCount,
    SourceCount,
    latest_of_each,
    lines_between,
    lines_in_month,
    months_of,
    significant_lines,
    sources_of,
)

__all__ = [
    "Beside",
    "Filters",
    "Line",
    "MonthCount",
    "Other",
    "SourceCount",
    "beside",
    "latest_of_each",
    "lines_between",
    "lines_in_month",
    "months_of",
    "significant_lines",
    "sources_of",
]
