"""Putting people on the rota, swapping, undoing. Everybody concerned is told; what was stays on record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from kith.foundations.access.actions import partnership_scope
from kith.foundations.access.models import Team, Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.audit.actions import record
from kith.foundations.notices.actions import News, tell
from kith.moments.models import Shift, Swap
from kith.moments.permissions import (
    check_can_keep,
    check_can_offer,
    check_can_take_off,
    check_can_take_shift,
    check_can_undo_swap,
)
from kith.moments.rules.rota import ShiftKind, hours_of

MOST_WEEKS = 12
PAGE = "/on-call/"
BEGUN = "This shift has begun. Ring whoever has it."


@dataclass(frozen=True)
class NewShift:
    """Somebody on call on a day, and on the same day of the following weeks (`weeks` in all)."""

    viewer: Viewer
    kind: ShiftKind
    day: date
    phone: str = ""
    weeks: int = 1


@transaction.atomic
def add_shifts(*, team: Team, new: NewShift, by: Viewer, now: datetime) -> list[Shift]:
    """Puts somebody on the rota. A shift that they have already is left as it is. Answers those that are new."""
    check_can_keep(by, team)
    if not new.viewer.teams.filter(pk=team.pk).exists():
        raise NotAllowed(f"{new.viewer.name} is not in {team.name}.")
    days = [new.day + timedelta(weeks=n) for n in range(min(max(new.weeks, 1), MOST_WEEKS))]
    made = [_add(team, new, day, by, now) for day in days]
    added = [shift for shift, is_new in made if is_new]
    record(viewer=by, action="add-shifts", what=f"Put {len(added)} shifts on the rota of {team.name}", now=now)
    return added


@transaction.atomic
def take_off(*, shift: Shift, by: Viewer, now: datetime) -> None:
    """Takes one's own shift off the rota, or for a manager anybody's. It stays on record; its holder is told."""
    check_can_take_off(by, shift)
    if not Shift.objects.filter(pk=shift.pk, off_at=None).update(off_at=now, off_by=by):
        return
    record(viewer=by, action="take-off-shift", what=f"Took shift {shift.pk} off the rota", now=now)
    _tell([shift.viewer], "A shift of yours was taken off the rota.", f"shift:{shift.pk}:off", shift, by, now)


@transaction.atomic
def offer_shift(*, shift: Shift, by: Viewer, now: datetime) -> Swap:
    """Says that somebody else of the team may have it. The team is told, once."""
    check_can_offer(by, shift)
    if shift.ends_at <= now:
        raise NotAllowed("This shift is over.")
    swap, new = Swap.objects.get_or_create(
        shift=shift, taken_at=None, undone_at=None, defaults={"scope": shift.scope, "offered_by": by, "offered_at": now}
    )
    if new:
        record(viewer=by, action="offer-shift", what=f"Offered shift {shift.pk} to the team", now=now)
        others = shift.team.viewers.exclude(pk=shift.viewer_id)
        _tell(others, "A shift is offered to you.", f"swap:{swap.pk}:offered", shift, by, now)
    return swap


@transaction.atomic
def take_shift(*, swap_id: int, by: Viewer, now: datetime) -> Swap:
    """Whoever presses first has it. Raises NotAllowed where it is no longer on offer."""
    swap = _locked(swap_id)
    check_can_take_shift(by, swap)
    if swap.taken_at or swap.undone_at:
        raise NotAllowed("This shift is no longer on offer.")
    if Shift.objects.filter(team=swap.shift.team, viewer=by, starts_at=swap.shift.starts_at, off_at=None).exists():
        raise NotAllowed("You are on call then already.")
    Swap.objects.filter(pk=swap.pk).update(taken_by=by, taken_at=now)
    _give(swap.shift, by)
    record(viewer=by, action="take-shift", what=f"Took shift {swap.shift_id} from the one who offered it", now=now)
    _tell([swap.offered_by], "The shift you offered was taken.", f"swap:{swap.pk}:taken", swap.shift, by, now)
    return Swap.objects.get(pk=swap.pk)


@transaction.atomic
def undo_swap(*, swap_id: int, by: Viewer, now: datetime) -> None:
    """As it was before: an offer is withdrawn, a swap goes back. Until the shift begins."""
    swap = _locked(swap_id)
    check_can_undo_swap(by, swap)
    if swap.undone_at:
        return
    if swap.taken_at:
        if swap.shift.starts_at <= now:
            raise NotAllowed(BEGUN)
        if swap.shift.viewer_id != swap.taken_by_id:
            raise NotAllowed("It has been swapped again since. Undo that first.")
        _give(swap.shift, swap.offered_by)
    Swap.objects.filter(pk=swap.pk).update(undone_by=by, undone_at=now)
    record(viewer=by, action="undo-swap", what=f"Undid the swap of shift {swap.shift_id}", now=now)
    both = [one for one in (swap.offered_by, swap.taken_by) if one]
    _tell(both, "A swap of yours was undone.", f"swap:{swap.pk}:undone", swap.shift, by, now)


def _add(team: Team, new: NewShift, day: date, by: Viewer, now: datetime) -> tuple[Shift, bool]:
    starts, ends = hours_of(new.kind, day)
    words = {"scope": partnership_scope(), "kind": new.kind.value, "ends_at": ends, "added_by": by, "added_at": now}
    words["phone"] = (new.phone or new.viewer.phone or team.phone)[:40]
    return Shift.objects.get_or_create(team=team, viewer=new.viewer, starts_at=starts, off_at=None, defaults=words)


def _locked(swap_id: int) -> Swap:
    found = Swap.objects.select_for_update(of=("self",)).select_related("shift__team__agency", "shift__scope")
    return found.select_related("shift__viewer", "offered_by", "taken_by").get(pk=swap_id)


def _give(shift: Shift, to: Viewer) -> None:
    phone = to.phone or shift.team.phone
    Shift.objects.filter(pk=shift.pk).update(viewer=to, phone=phone)


def _tell(who: Iterable[Viewer], text: str, once: str, shift: Shift, by: Viewer, now: datetime) -> None:
    news = News(text, PAGE, f"shift:{shift.pk}", once)
    tell(viewers=[one for one in who if one.pk != by.pk], news=news, scope=shift.scope, now=now)
