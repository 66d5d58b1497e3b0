"""What the front door is told, and what it decides."""

from kith.front_door.models.advice import Consultation, MailKept
from kith.front_door.models.checks import Chase, Check, CheckAnswer, CheckLink, Presence
from kith.front_door.models.contacts import Attached, Contact, Giver, Named, Received
from kith.front_door.models.decisions import Decision, Outcome, Reply, ShareDecision
from kith.front_door.models.missing_mail import MissingLetter

__all__ = [
    "Presence",
    "MailKept",
    "MissingLetter",
    "Consultation",
    "CheckLink",
    "CheckAnswer",
    "Check",
    "Chase",
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
