"""Background work on access. Nobody sees too much for its being late: row security looks at the time itself."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from kith.foundations.access.actions import system_viewer, tidy_openings
from kith.foundations.access.viewing import viewing_as


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="tidy-openings", name="access.tidy")
def tidy_what_has_run_out(timestamp: int) -> int:
    """Mark openings whose time is over as ended, every five minutes."""
    keeper = system_viewer("access")
    with viewing_as(keeper):
        return tidy_openings(by=keeper, now=timezone.now())
