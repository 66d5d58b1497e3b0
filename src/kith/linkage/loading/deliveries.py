"""Deliveries as the database knows them: which are new, which go on where a killed load stopped, which are done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from kith.foundations.access.models import Viewer
from kith.linkage.feeds.definition import Definition
from kith.linkage.feeds.keeping import Kept
from kith.linkage.feeds.rejects_file import read_shown
from kith.linkage.models import Delivery, Reject

if TYPE_CHECKING:
    from kith.linkage.feeds.preparing import Prepared

RECEIVED, PEOPLE, WRITTEN, LOADED = "received", "people", "written", "loaded"
FAILED, UNKNOWN = "failed", "unknown"
UNFINISHED = (RECEIVED, PEOPLE, WRITTEN)  # written: all its rows are, and what follows from them is not yet
_ISO = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_UK = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])[-_.]?(0[1-9]|1[0-2])[-_.]?(20\d\d)(?!\d)")


@dataclass
class Work:
    """One delivery on its way through a load."""

    delivery: Delivery
    definition: Definition
    kept: Kept
    prepared: Prepared
    seconds: float = 0.0

    @property
    def as_at(self) -> date:
        """The day the delivery speaks of: its own, else the day it came."""
        return self.delivery.as_at or timezone.localdate(self.delivery.received_at)


def day_in_name(name: str, *, today: date) -> date | None:
    """The date written in a file's name, as 2026-11-20, 20261120 or 20-11-2026; None where none is, or a later."""
    for pattern, order in ((_ISO, (1, 2, 3)), (_UK, (3, 2, 1))):
        if found := pattern.search(name):
            try:
                day = date(*(int(found[place]) for place in order))
            except ValueError:
                continue
            return day if day <= today else None
    return None


def receive(*, kept: Kept, feed: str, by: Viewer, now: datetime) -> tuple[Delivery, bool]:
    """The delivery of these bytes to this feed, and whether it is new."""
    return Delivery.objects.get_or_create(
        feed=feed,
        sha256=kept.sha256,
        defaults={
            "file_name": kept.name[:300],
            "bytes": kept.bytes,
            "received_at": now,
            "as_at": day_in_name(kept.name, today=timezone.localdate(now)),
            "state": RECEIVED if feed else UNKNOWN,
            "brought_by": by,
        },
    )


def left_unfinished() -> QuerySet[Delivery]:
    """What a killed load had taken in and not finished, or what a load is at work on now; the oldest first."""
    return Delivery.objects.filter(state__in=UNFINISHED).exclude(feed="").order_by("pk")


def note_reading(delivery: Delivery, prepared: Prepared) -> None:
    """Put what reading came to on the delivery, and its first rejects beside it. Done again, the same stands."""
    delivery.rows_read, delivery.rows_rejected = prepared.rows, prepared.rejected
    delivery.values_set_aside, delivery.notes = prepared.set_aside, prepared.notes
    delivery.problem = ""
    delivery.save()
    Reject.objects.filter(delivery=delivery).delete()
    Reject.objects.bulk_create(_rejects(delivery, prepared), batch_size=1000)


def _rejects(delivery: Delivery, prepared: Prepared) -> Iterator[Reject]:
    for shown in read_shown(prepared.path):
        yield Reject(delivery=delivery, **shown)


def fail(delivery: Delivery, problem: str, *, now: datetime) -> None:
    delivery.state, delivery.problem, delivery.finished_at = FAILED, problem, now
    delivery.save(update_fields=["state", "problem", "finished_at"])


def came_again(delivery: Delivery, name: str, *, now: datetime) -> None:
    """The same file once more: nothing to load, but the agency is not silent."""
    day = day_in_name(name, today=timezone.localdate(now))
    if day and (delivery.as_at is None or day > delivery.as_at):
        delivery.as_at = day
    delivery.came_again_at = now
    delivery.save(update_fields=["as_at", "came_again_at"])
