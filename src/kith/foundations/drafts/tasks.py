"""Background work on drafts: nobody's unsent words are kept for long."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.drafts.actions import tidy


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="tidy-drafts", name="drafts.tidy")
def tidy_what_was_never_sent(timestamp: int) -> int:
    """Remove drafts older than thirty days, every night."""
    keeper = system_viewer("drafts")
    with viewing_as(keeper):
        return tidy(by=keeper, now=timezone.now())
