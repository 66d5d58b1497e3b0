"""The truths of missing episodes: plain Python, no database, the time passed in."""

from kith.missing.rules.absences import (
    Span,
    Standing,
    Word,
    closest,
    disagree,
    end_of_day,
    how_near,
    overlap,
    return_that_counts,
)
from kith.missing.rules.clock import WARN_AT, Clock, held_by, offered_by, warnings_due
from kith.missing.rules.words import Kind, SaidBy, Step

__all__ = [
    "WARN_AT",
    "Clock",
    "Kind",
    "SaidBy",
    "Span",
    "Standing",
    "Step",
    "Word",
    "closest",
    "disagree",
    "end_of_day",
    "held_by",
    "how_near",
    "offered_by",
    "overlap",
    "return_that_counts",
    "warnings_due",
]
