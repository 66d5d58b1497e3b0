"""Background work of the front door: agencies are reminded in time, and the mailbox is read."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.front_door.actions.checks import JOB, remind
from kith.front_door.actions.mailbox import take_maildir
from kith.front_door.checking import remind_from
from kith.front_door.queries.checks import to_remind


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="remind-agencies", name="front_door.remind")
def remind_of_checks(timestamp: int) -> int:
    """Every ten minutes."""
    return remind_agencies(now=timezone.now())


def remind_agencies(*, now: datetime) -> int:
    """Letters to agencies whose time is three quarters gone. Answers how many went."""
    job = system_viewer(JOB)
    with viewing_as(job):
        due = [check.pk for check in to_remind(now) if remind_from(check.asked_at, check.due_at) <= now]
        return sum(remind(check_id=number, by=job, now=now) for number in due)


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="read-mailbox", name="front_door.mailbox")
def read_mailbox(timestamp: int) -> int:
    """Every two minutes, where KITH_MAILBOX names a Maildir. Answers how many letters were taken."""
    folder = Path(settings.KITH_MAILBOX) if settings.KITH_MAILBOX else None
    return len(take_maildir(folder=folder, now=timezone.now())) if folder and (folder / "new").is_dir() else 0
