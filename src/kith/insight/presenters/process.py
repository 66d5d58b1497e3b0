"""Months as a process chart: what is to be expected, what stands out, and what that means in words."""

from __future__ import annotations

from dataclasses import dataclass

from kith.foundations.charts import Level, Line, Point, Series
from kith.foundations.charts import Signal as Mark
from kith.insight.rules.change import Polarity
from kith.insight.rules.measures import Measure
from kith.insight.rules.variation import ENOUGH, Signal, Variation, chart, sentence
from kith.insight.rules.variation import Point as Judged

SIGNALS = {
    Signal.OUTSIDE: "outside the limits",
    Signal.TREND: "part of seven in a row that rise or fall",
    Signal.NEAR_LIMIT: "one of two in three close to a limit",
    Signal.RUN: "part of seven in a row on one side of the mean",
}
WHY_NO_LIMITS = "Some months may not be shown, so no limits are drawn: judge it by quarters and years."


@dataclass(frozen=True)
class Process:
    """Months as a process chart, and what it means."""

    line: Line
    meaning: str
    made: str


def show_process(measure: Measure, points: tuple[Point, ...], finding: str, unit: str) -> Process | None:
    """The months with their mean and limits, where enough of them may be shown; None where none may.

    `finding`: what happened, in a sentence; `unit`: of the values, such as %.
    """
    values = [point.value for point in points if isinstance(point.value, (int, float))]
    if not values:
        return None
    whole = len(values) == len(points) and len(values) >= ENOUGH
    variation = chart([float(value) for value in values]) if whole else None
    marked = _marked(points, variation, measure.polarity) if variation else points
    meaning = sentence(variation, unit=unit) if variation else WHY_NO_LIMITS
    levels = _levels(variation) if variation else ()
    series = Series(measure.counts.capitalize(), marked)
    line = Line(finding, meaning, (series,), levels, unit)
    return Process(line, meaning, variation.made if variation else "")


def _marked(points: tuple[Point, ...], variation: Variation, polarity: Polarity) -> tuple[Point, ...]:
    """Months that stand out, with which way that is and why in words."""
    return tuple(
        Point(point.label, point.value, _kind_of(judged, polarity), _why(judged))
        for point, judged in zip(points, variation.points, strict=True)
    )


def _kind_of(point: Judged, polarity: Polarity) -> Mark:
    if not point.signals:
        return ""
    if polarity is Polarity.NEITHER:
        return "neutral"
    return "concern" if point.above is (polarity is Polarity.UP_IS_WORSE) else "improvement"


def _why(point: Judged) -> str:
    return "; ".join(SIGNALS[signal] for signal in Signal if signal in point.signals)


def _levels(variation: Variation) -> tuple[Level, ...]:
    limits = variation.limits
    found = [Level("Mean", round(limits.mean, 1), "mean"), Level("Upper limit", round(limits.high, 1), "limit")]
    if limits.low > 0:
        found.append(Level("Lower limit", round(limits.low, 1), "limit"))
    return tuple(found)
