"""What the front door is told, and what it decides."""

from kith.front_door.models.contacts import Attached, Contact, Giver, Named, Received
from kith.front_door.models.decisions import Decision, Outcome, Reply, ShareDecision

__all__ = [
    "Attached",
    "Contact",
    "Decision",
    "Giver",
    "Named",
    "Outcome",
    "Received",
    "Reply",
    "ShareDecision",
]
