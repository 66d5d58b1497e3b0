"""How good the data of a cut is: complete fields by kind and agency, feeds, and the same cut by cut."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kith.insight.models import Cut
from kith.insight.queries.beside import Complete, completeness_of
from kith.insight.queries.cuts import cuts
from kith.insight.queries.figures import figures_of
from kith.insight.queries.timeliness import FeedsOf, agency_names, feeds_by_agency
from kith.insight.rules.measures import measures

RECORDED = ("ethnicity-recorded", "place-recorded", "time-recorded")
CUTS = 12


@dataclass(frozen=True)
class OfCut:
    """One cut in short: its day, feeds that were silent or failed, rows read and rejected, shares of three fields."""

    name: str
    as_at: date
    silent: int
    read: int
    rejected: int
    recorded: dict[str, Decimal | None]


@dataclass(frozen=True)
class Quality:
    """All of it. `complete` None: the cut is older than fields were counted."""

    complete: list[Complete] | None
    feeds: list[FeedsOf]
    cuts: list[OfCut]  # the oldest first, none newer than the one looked at
    names: dict[str, str]

    def name(self, agency: str) -> str:
        """What an agency is called."""
        return self.names.get(agency) or agency.replace("-", " ").capitalize() or "Not told"


def quality(cut: Cut) -> Quality:
    """Of one cut, and of those before it."""
    earlier = list(cuts().filter(as_at__lte=cut.as_at, made_at__lte=cut.made_at)[:CUTS])
    short = [_short(one) for one in reversed(earlier)]
    return Quality(completeness_of(cut), feeds_by_agency(cut), short, agency_names())


def _short(cut: Cut) -> OfCut:
    feeds = feeds_by_agency(cut)
    shares = {}
    for key in RECORDED:
        figures = figures_of(cut, measures()[key])
        shares[key] = figures.shown(figures.current()).share
    silent = sum(one.states["silent"] + one.states["failed"] for one in feeds)
    return OfCut(
        cut.name, cut.as_at, silent, sum(one.read for one in feeds), sum(one.rejected for one in feeds), shares
    )
