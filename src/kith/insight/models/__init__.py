"""Tables of insight."""

from kith.insight.models.cuts import Cut, Pseudonym, Reidentified
from kith.insight.models.networks import Network, Snapshot, SuggestionDecided

__all__ = ["Cut", "Network", "Pseudonym", "Reidentified", "Snapshot", "SuggestionDecided"]
