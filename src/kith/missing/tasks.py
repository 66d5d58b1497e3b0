"""Background work on children who are back: warnings before a conversation is late, and asking parents."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.missing.actions.desk import JOB
from kith.missing.actions.follow_ups import ask_parents
from kith.missing.actions.warnings import warn_before_late


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="missing-warnings", name="missing.warn")
def warn(timestamp: int) -> int:
    """Every five minutes, those concerned are warned of conversations that will be late."""
    job = system_viewer(JOB)
    with viewing_as(job):
        return warn_before_late(by=job, now=timezone.now())


@app.periodic(cron="*/5 8-20 * * *")
@app.task(queueing_lock="missing-ask-parents", name="missing.ask_parents")
def ask(timestamp: int) -> int:
    """By day, parents and carers whose day has come are asked what they have noticed."""
    job = system_viewer(JOB)
    with viewing_as(job):
        return ask_parents(by=job, now=timezone.now())
