"""What is done about access: circles, breaking the glass, people.

Every change is audited in its own transaction.
"""

from kith.foundations.access.actions.circles import (
    NewOpening,
    end_opening,
    end_openings,
    open_circle,
    open_circles,
    tidy_openings,
)
from kith.foundations.access.actions.glass import break_glass, review_break_glass
from kith.foundations.access.actions.people import (
    add_staff,
    bring_back,
    change_staff,
    deactivate,
    end_sessions,
    figures_scope,
    join_partnership,
    partnership_scope,
    system_viewer,
)
from kith.foundations.access.actions.teams import team_audience, team_for

__all__ = [
    "NewOpening",
    "add_staff",
    "break_glass",
    "bring_back",
    "change_staff",
    "deactivate",
    "end_opening",
    "end_openings",
    "end_sessions",
    "join_partnership",
    "open_circle",
    "open_circles",
    "figures_scope",
    "partnership_scope",
    "review_break_glass",
    "system_viewer",
    "team_audience",
    "team_for",
    "tidy_openings",
]
