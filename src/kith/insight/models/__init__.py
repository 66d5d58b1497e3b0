"""Tables of insight."""

from kith.insight.models.cuts import Cut, Pseudonym, Reidentified
from kith.insight.models.networks import Network, Snapshot, SuggestionDecided
from kith.insight.models.reports import Report, ReportSigned, ReportStep, ReportWords

__all__ = [
    "Cut",
    "Network",
    "Pseudonym",
    "Reidentified",
    "Report",
    "ReportSigned",
    "ReportStep",
    "ReportWords",
    "Snapshot",
    "SuggestionDecided",
]
