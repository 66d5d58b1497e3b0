"""Specialist help against the need for it, in one cut."""

from __future__ import annotations

from dataclasses import dataclass

from kith.insight.models import Cut
from kith.insight.queries.figures import MeasureFigures, figures_of
from kith.insight.rules.measures import measures


@dataclass(frozen=True)
class Capacity:
    """The measures that tell of it: need, asked for, given, still waiting, how long."""

    need: MeasureFigures
    asked: MeasureFigures
    given: MeasureFigures
    waiting: MeasureFigures
    wait: MeasureFigures


def capacity(cut: Cut) -> Capacity:
    """Of one cut."""
    keys = ("exploited-children", "specialist-wanted", "specialist-given", "specialist-waiting", "specialist-wait")
    return Capacity(*(figures_of(cut, measures()[key]) for key in keys))
