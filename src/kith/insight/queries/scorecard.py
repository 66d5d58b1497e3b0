"""The measures of the scorecard in one cut, of everybody or of one group; what may be shown and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kith.insight.models import Cut
from kith.insight.queries.beside import Complete, completeness_of
from kith.insight.queries.figures import MeasureFigures, figures_of
from kith.insight.queries.timeliness import agency_names
from kith.insight.rules.measures import measures
from kith.insight.rules.scorecard import Scored, scorecard

SPLITS = ("locality", "agency")


@dataclass(frozen=True)
class Line:
    """One measure of it: why it stands there, its figures, the fields of its events in the newest year."""

    scored: Scored
    figures: MeasureFigures
    fields: Sequence[Complete]


@dataclass(frozen=True)
class Scorecard:
    """Every line, the groups that somebody may ask for, and what agencies are called."""

    lines: Sequence[Line]
    localities: Sequence[str]
    agencies: Sequence[str]
    names: Mapping[str, str] = field(default_factory=dict)


def scorecard_of(cut: Cut, theme: str = "") -> Scorecard:
    """Of one cut; `theme`: only the measures of one."""
    complete = completeness_of(cut) or []
    newest = complete[0].year if complete else None
    every = [(one, figures_of(cut, measures()[one.measure])) for one in scorecard()]
    lines = [
        Line(one, figures, [it for it in complete if it.kind == one.events and it.year == newest])
        for one, figures in every
        if theme in ("", figures.measure.theme)
    ]
    groups = {split: _groups([figures for _, figures in every], split) for split in SPLITS}
    return Scorecard(lines, groups["locality"], groups["agency"], agency_names())


def _groups(found: Sequence[MeasureFigures], split: str) -> list[str]:
    """The groups of a split that any measure was counted by; not those whose group was not recorded."""
    named = {
        group
        for figures in found
        if split in figures.measure.breakdowns
        for window in figures.fixed()
        for group in figures.groups(split, window) or ()
    }
    return sorted(named - {""})
