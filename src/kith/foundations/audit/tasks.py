"""Background work on the record of who looked."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from kith.foundations.audit.actions import seal


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="seal-audit", name="audit.seal")
def seal_what_was_looked_at(timestamp: int) -> int:
    """Seal, every five seconds."""
    return seal(timezone.now())
