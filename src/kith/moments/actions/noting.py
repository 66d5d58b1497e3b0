"""One line of a moment's history, in the audiences of the moment."""

from __future__ import annotations

from datetime import datetime

from kith.foundations.access.models import Viewer
from kith.moments.models import Moment, Step

JOB = "moments"


def note(
    *,
    moment: Moment,
    what: str,
    words: str,
    by: Viewer,
    now: datetime,
    to: Viewer | None = None,
    for_circle: bool = False,
) -> Step:
    """What was done, by whom, when. `for_circle`: those who answer do not read it."""
    return Step.objects.create(
        moment=moment,
        scope_id=moment.scope_id,
        desk_id=moment.scope_id if for_circle else moment.desk_id,
        what=what,
        words=words[:300],
        by=by,
        at=now,
        to=to,
    )
