"""What is done about a missing child."""

from kith.missing.actions.desk import desk_audience, missing_team, talkers_audience
from kith.missing.actions.drawing import draw_from_feeds
from kith.missing.actions.episodes import Details, Reported, report_missing, say_what_account_says
from kith.missing.actions.facts import ChildBack, EpisodeOpened, ReturnCorrected
from kith.missing.actions.following import follow_people
from kith.missing.actions.returns import Back, NotATime, correct_return, say_account_back, say_back
from kith.missing.actions.settling import is_long_past, settle_and_tell, settle_return

__all__ = [
    "Back",
    "ChildBack",
    "Details",
    "EpisodeOpened",
    "NotATime",
    "Reported",
    "ReturnCorrected",
    "correct_return",
    "desk_audience",
    "draw_from_feeds",
    "follow_people",
    "is_long_past",
    "missing_team",
    "report_missing",
    "say_account_back",
    "say_back",
    "say_what_account_says",
    "settle_and_tell",
    "settle_return",
    "talkers_audience",
]
