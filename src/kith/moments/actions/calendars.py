"""The secret address of somebody's own shifts: made anew, withdrawn, read by whoever holds it."""

from __future__ import annotations

from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.db import transaction

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.moments.models import CalendarAddress, Shift
from kith.moments.permissions import check_is_on_a_rota
from kith.moments.rules.secrets import secret_hash

JOB = "moments"
BACK, AHEAD = timedelta(days=31), timedelta(days=366)


@transaction.atomic
def make_calendar(*, by: Viewer, now: datetime) -> str:
    """A new secret for one's own address; the one before no longer works. Answered once, kept only as a hash."""
    check_is_on_a_rota(by)
    CalendarAddress.objects.filter(viewer=by, revoked_at=None).update(revoked_at=now)
    secret = token_urlsafe(32)
    CalendarAddress.objects.create(viewer=by, secret_hash=secret_hash(secret), made_at=now)
    record(viewer=by, action="make-calendar", what="Made the address of their own calendar", now=now)
    return secret


@transaction.atomic
def end_calendar(*, by: Viewer, now: datetime) -> None:
    """The address no longer works."""
    if CalendarAddress.objects.filter(viewer=by, revoked_at=None).update(revoked_at=now):
        record(viewer=by, action="end-calendar", what="Ended the address of their own calendar", now=now)


def shifts_at(*, secret: str, by: Viewer | None, now: datetime) -> list[Shift] | None:
    """The shifts of whoever's address it is; None where there is no such address. `by`: who asks, mostly nobody."""
    with viewing_as(system_viewer(JOB)):
        address = CalendarAddress.objects.filter(secret_hash=secret_hash(secret), revoked_at=None).first()
        if address is None or not address.viewer.is_active:
            return None
        mine = Shift.objects.filter(viewer=address.viewer, off_at=None, ends_at__gt=now - BACK)
        return list(mine.filter(starts_at__lt=now + AHEAD).order_by("starts_at"))
