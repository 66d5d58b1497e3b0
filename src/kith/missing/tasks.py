"""Background work on children who are back: warnings before a conversation is late, and asking parents."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.missing.actions.desk import JOB
from kith.missing.actions.follow_ups import ask_parents
from kith.missing.actions.profile_care import remind_keepers, settle_profiles
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


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="missing-profiles", name="missing.settle_profiles")
def settle(timestamp: int) -> int:
    """Every five minutes: profiles are open while a child is missing, whatever was said of the absence since."""
    return settle_profiles(by=system_viewer(JOB), now=timezone.now())


@app.periodic(cron="0 7 * * 1")
@app.task(queueing_lock="missing-remind-keepers", name="missing.remind_keepers")
def remind(timestamp: int) -> int:
    """On Mondays, those who keep profiles are reminded of what is to be looked at again."""
    return remind_keepers(by=system_viewer(JOB), now=timezone.now())
