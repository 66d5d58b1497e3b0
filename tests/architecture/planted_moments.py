"""A rota with a shift on offer, a note to hand over, and a calendar, to whose addresses every page can be asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from kith.foundations.access.viewing import viewing_as
from kith.moments.actions.champions import Named, name_champion
from kith.moments.actions.handing_over import hand_over
from kith.moments.actions.receiving import Told, tell_of
from kith.moments.actions.rota import NewShift, add_shifts, offer_shift
from kith.moments.models import CalendarAddress
from kith.moments.rules.rota import ShiftKind
from kith.moments.rules.secrets import secret_hash
from kith.subjects.models import Subject
from tests.support.cast import Cast

CALENDAR = "a-calendar-that-was-planted"


def plant_moments(cast: Cast, child: Subject) -> dict[str, Any]:
    """Sol is on call all day, and would give tonight away; Carol has told of a critical moment."""
    now = timezone.now()
    with viewing_as(cast.sol):
        today = timezone.localdate(now)
        begun = ((today - timedelta(days=1), ShiftKind.NIGHT), (today, ShiftKind.DAY), (today, ShiftKind.NIGHT))
        shifts = [
            add_shifts(team=cast.response, new=NewShift(cast.sol, kind, day), by=cast.sol, now=now)[0]
            for day, kind in begun
        ]
        shift = shifts[-1]
        swap = offer_shift(shift=shift, by=cast.sol, now=now)
        note = hand_over(team=cast.response, text="Nothing is open", by=cast.sol, now=now)
    told = Told("injury", "01632 960103", name=child.name, born=child.person.date_of_birth)
    with viewing_as(cast.carol):
        moment = tell_of(told=told, by=cast.carol, now=now)
        named = Named("school", "Carol Price", "01632 960103", timezone.localdate(now) + timedelta(days=99))
        champion = name_champion(named=named, by=cast.carol, now=now)
    CalendarAddress.objects.create(viewer=cast.sol, secret_hash=secret_hash(CALENDAR), made_at=now)
    return {
        "shift_id": shift.pk,
        "swap_id": swap.pk,
        "note_id": note.pk,
        "calendar_secret": CALENDAR,
        "moment_id": moment.pk,
        "champion_id": champion.pk,
    }
