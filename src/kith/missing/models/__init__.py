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
from kith.missing.models.patterns import MissingTogether, SetAside
from kith.missing.models.profiles import OnTheDay, Profile, ProfilePart, ProfileRead, Trigger
from kith.missing.models.protocol import HomeReview, HomeSearch, ReviewAction, SearchStep

__all__ = [
    "MissingTogether",
    "SetAside",
    "OnTheDay",
    "Profile",
    "ProfilePart",
    "ProfileRead",
    "Trigger",
    "HomeReview",
    "HomeSearch",
    "ReviewAction",
    "SearchStep",
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
