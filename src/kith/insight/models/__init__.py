"""Tables of insight."""

from kith.insight.models.cuts import Cut, Pseudonym, Reidentified
from kith.insight.models.networks import Network, Snapshot, SuggestionDecided
from kith.insight.models.reports import Report, ReportRecipient, ReportSent, ReportSigned, ReportStep, ReportWords
from kith.insight.models.reviews import Rating, RatingAnswer, RatingsReview
from kith.insight.models.shared_places import SharedPlace

__all__ = [
    "Cut",
    "Network",
    "Pseudonym",
    "Rating",
    "RatingAnswer",
    "RatingsReview",
    "Reidentified",
    "Report",
    "ReportRecipient",
    "ReportSent",
    "ReportSigned",
    "ReportStep",
    "ReportWords",
    "SharedPlace",
    "Snapshot",
    "SuggestionDecided",
]
