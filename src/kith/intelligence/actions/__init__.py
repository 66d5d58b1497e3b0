"""What is done with intelligence: given, graded, made ready to pass on, passed on, answered. Each audited."""

from kith.intelligence.actions.bookings import BookingGiven, keep_booking, overrule_alike
from kith.intelligence.actions.flags import FlagGiven, end_flag, keep_flag, set_flag
from kith.intelligence.actions.giving import Given, NamedGiven, give
from kith.intelligence.actions.grading import Graded, grade
from kith.intelligence.actions.joining import join, link_named, unjoin
from kith.intelligence.actions.passing_on import Recipient, close, pass_on, say_use
from kith.intelligence.actions.sources import open_source
from kith.intelligence.actions.telling import tell
from kith.intelligence.actions.versions import approve, make_version, return_version

__all__ = [
    "BookingGiven",
    "FlagGiven",
    "Given",
    "Graded",
    "NamedGiven",
    "Recipient",
    "approve",
    "close",
    "end_flag",
    "give",
    "grade",
    "join",
    "keep_booking",
    "keep_flag",
    "link_named",
    "make_version",
    "open_source",
    "overrule_alike",
    "pass_on",
    "return_version",
    "say_use",
    "set_flag",
    "tell",
    "unjoin",
]
