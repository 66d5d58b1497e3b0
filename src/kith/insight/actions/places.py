"""The places of a cut are worked out by the worker: what somebody waits for first, the rest when there is time."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from kith.foundations.access.models import Viewer
from kith.insight.models import Cut
from kith.insight.permissions import check_analyse
from kith.insight.queries.cuts import folder_of
from kith.insight.queries.places import TASK, lock_of
from kith.insight.rules.places import Choice, every_choice

AWAITED, FOR_LATER = 10, -10  # priorities


def ask_for_places(*, cut: Cut, choice: Choice, by: Viewer, now: datetime) -> None:
    """Have the worker do this one next. One that waits or is under way is not asked for twice. Raises NotAllowed."""
    check_analyse(by)
    _defer(cut, choice, awaited=True)


def begin_places(*, cut: Cut, by: Viewer, now: datetime) -> None:
    """Work out what is shown first of a cut, then more while the settings let it; leave the rest to the worker."""
    from kith.insight.engine.places.beforehand import work_out_within  # noqa: PLC0415 - heavy, only where a cut is made

    check_analyse(by)
    _later(cut, work_out_within(folder_of(cut), settings.PLACES_AT_ONCE))


def work_out_places(*, cut: Cut, choice: Choice, by: Viewer, now: datetime) -> None:
    """One choice, now, by the worker; of a cut that has none yet, what is told place by place as well."""
    from kith.insight.engine.places import beforehand  # noqa: PLC0415 - heavy, and only in the worker

    check_analyse(by)
    if choice in every_choice():
        beforehand.work_out_each(folder_of(cut))
        beforehand.work_out(folder_of(cut), choice)


def _later(cut: Cut, choices: Sequence[Choice]) -> None:
    for choice in choices:
        _defer(cut, choice, awaited=False)


def _defer(cut: Cut, choice: Choice, *, awaited: bool) -> None:
    lock, priority = lock_of(cut.name, choice, awaited=awaited), AWAITED if awaited else FOR_LATER
    job = app.configure_task(TASK, queueing_lock=lock, priority=priority)
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(cut_name=cut.name, theme=choice.theme, months=choice.months, against=choice.against)
