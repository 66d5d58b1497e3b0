"""Background work on critical moments: what nobody has taken goes to the next."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from kith.moments.actions.paging import page_again


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="page-again", name="moments.page_again")
def page_the_next(timestamp: int) -> int:
    """Every minute. Answers how many were paged."""
    return page_again(now=timezone.now())
