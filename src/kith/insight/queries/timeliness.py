"""How often what has a clock was in time, and how timely each agency's files were, in one cut."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kith.foundations.access.models import Agency
from kith.insight.models import Cut
from kith.insight.queries.cuts import manifest_of
from kith.insight.queries.figures import MeasureFigures, figures_of
from kith.insight.rules.measures import measures

CLOCKS = (
    "contact-decided-in-a-day",
    "checks-in-time",
    "conversations-in-time",
    "assessments-in-time",
    "conferences-in-time",
    "care-reviews-in-time",
    "protection-visits-in-time",
    "need-visits-in-time",
    "care-visits-in-time",
    "supervision-in-time",
    "moments-in-time",
)


@dataclass(frozen=True)
class FeedsOf:
    """One agency's feeds: how many in each state, and what was read and rejected of all that ever came."""

    agency: str
    states: Counter[str]
    read: int
    rejected: int


@dataclass(frozen=True)
class Timeliness:
    """Measures of clocks, feeds by agency, and what agencies are called."""

    clocks: list[MeasureFigures]
    feeds: list[FeedsOf]
    names: dict[str, str] = field(default_factory=dict)

    def name(self, agency: str) -> str:
        """What an agency is called; its key in words where it is no longer known."""
        return self.names.get(agency) or agency.replace("-", " ").capitalize() or "Not told"


def timeliness(cut: Cut) -> Timeliness:
    """Of one cut; names as they are now."""
    clocks = [figures_of(cut, measures()[key]) for key in CLOCKS]
    return Timeliness(clocks, feeds_by_agency(cut), agency_names())


def agency_names() -> dict[str, str]:
    """What each agency is called, by its key."""
    return dict(Agency.objects.values_list("key", "name"))


def feeds_by_agency(cut: Cut) -> list[FeedsOf]:
    """From the cut's manifest, in the order of agencies."""
    found: dict[str, FeedsOf] = {}
    for feed in manifest_of(cut)["feeds"]:
        agency = feed["agency"]
        known = found.get(agency) or FeedsOf(agency, Counter(), 0, 0)
        known.states[feed["state"]] += 1
        read, rejected = feed["rows_read"] or 0, feed["rows_rejected"] or 0
        found[agency] = FeedsOf(agency, known.states, known.read + read, known.rejected + rejected)
    return [found[agency] for agency in sorted(found)]
