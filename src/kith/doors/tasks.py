"""Background work of the doors: nobody's unsent words are kept for longer than a day."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from kith.doors.actions import tidy
from kith.doors.queries import the_doors


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="tidy-doors", name="doors.tidy")
def tidy_what_was_not_sent(timestamp: int) -> int:
    """Remove what was not sent for a day, every quarter of an hour."""
    return tidy(by=the_doors(), now=timezone.now())
