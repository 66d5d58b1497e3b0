"""A rota with a shift on offer, a note to hand over, and a calendar, to whose addresses every page can be asked."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from kith.foundations.access.viewing import viewing_as
from kith.moments.actions.calendars import secret_hash
from kith.moments.actions.handing_over import hand_over
from kith.moments.actions.rota import NewShift, add_shifts, offer_shift
from kith.moments.models import CalendarAddress
from kith.moments.rules.rota import ShiftKind
from kith.subjects.models import Subject
from tests.support.cast import Cast

CALENDAR = "a-calendar-that-was-planted"


def plant_moments(cast: Cast, child: Subject) -> dict[str, Any]:
    """Sol is on call today and would give it away."""
    now = timezone.now()
    with viewing_as(cast.sol):
        new = NewShift(cast.sol, ShiftKind.NIGHT, timezone.localdate(now))
        shift = add_shifts(team=cast.response, new=new, by=cast.sol, now=now)[0]
        swap = offer_shift(shift=shift, by=cast.sol, now=now)
        note = hand_over(team=cast.response, text="Nothing is open", by=cast.sol, now=now)
    CalendarAddress.objects.create(viewer=cast.sol, secret_hash=secret_hash(CALENDAR), made_at=now)
    return {"shift_id": shift.pk, "swap_id": swap.pk, "note_id": note.pk, "calendar_secret": CALENDAR}
