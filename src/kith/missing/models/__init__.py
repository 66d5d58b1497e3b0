"""Missing children: episodes, and the conversations on return."""

from kith.missing.models.conversations import (
    Consent,
    Conversation,
    Covered,
    FollowUp,
    Mentioned,
    Said,
    SaidBefore,
    Sent,
    Taken,
    Warned,
)
from kith.missing.models.episodes import Account, Drawn, Episode, Grade, Return, Update

__all__ = [
    "Account",
    "Consent",
    "Conversation",
    "Covered",
    "Drawn",
    "Episode",
    "FollowUp",
    "Grade",
    "Mentioned",
    "Return",
    "Said",
    "SaidBefore",
    "Sent",
    "Taken",
    "Update",
    "Warned",
]
