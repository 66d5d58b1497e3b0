"""The rota in words: who is on now, the days with their two shifts, the gaps, the swaps, the calendar file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from icalendar import Calendar, Event

from kith.foundations.access.models import Team, Viewer
from kith.foundations.clocks import HERE
from kith.foundations.design_system import words
from kith.moments.models import Shift, Swap
from kith.moments.permissions import can_undo_swap, is_manager
from kith.moments.queries.rota import spans
from kith.moments.rules.rota import ShiftKind, gaps, on_call_at

DAYS_SHOWN = 14
TITLE = "On call"


@dataclass(frozen=True)
class ShiftShown:
    """One shift as the page shows it to whoever looks."""

    shift_id: int
    name: str
    phone: str
    mine: bool
    may_offer: bool
    may_take_off: bool
    on_offer: bool


@dataclass(frozen=True)
class DayShown:
    """One day: who is on from 8 am, and who from 11 pm."""

    name: str
    is_today: bool
    day: tuple[ShiftShown, ...]
    night: tuple[ShiftShown, ...]


@dataclass(frozen=True)
class TeamShown:
    """The rota of one team, from the Monday of this week."""

    name: str
    now: tuple[tuple[str, str], ...]  # name and number
    instead: str  # whom to ring where nobody is on call now
    gaps: tuple[str, ...]
    weeks: tuple[tuple[str, tuple[DayShown, ...]], ...]


@dataclass(frozen=True)
class SwapShown:
    """A shift on offer, or one that was swapped."""

    swap_id: int
    sentence: str
    may_take: bool
    may_undo: bool


def first_day(now: datetime) -> date:
    """The Monday of this week."""
    today = words.local_day(now)
    return today - timedelta(days=today.weekday())


def stretch(now: datetime) -> tuple[datetime, datetime]:
    """What the page shows: from Monday of this week, 8 am, for two weeks."""
    monday = first_day(now)
    return _eight(monday), _eight(monday + timedelta(days=DAYS_SHOWN))


def show_team(
    team: Team, shifts: Sequence[Shift], offered: Iterable[Swap], viewer: Viewer, keeps: bool, now: datetime
) -> TeamShown:
    """This week and next of one team; `keeps`: whoever looks keeps this rota."""
    own = [shift for shift in shifts if shift.team_id == team.pk]
    on_offer = {swap.shift_id for swap in offered}
    first, last = stretch(now)
    by_number = {shift.viewer_id: shift for shift in own if shift.starts_at <= now < shift.ends_at}
    on_now = [by_number[who] for who in on_call_at(spans(own), now)]
    monday = first_day(now)
    days = [_day(monday + timedelta(days=n), own, on_offer, viewer, keeps, now) for n in range(DAYS_SHOWN)]
    return TeamShown(
        name=f"{team.name}, {team.agency.name}",
        now=tuple((shift.viewer.name, shift.phone) for shift in on_now),
        instead=instead_of_nobody(team),
        gaps=tuple(gap_in_words(*gap) for gap in gaps(spans(own), max(first, now), last)),
        weeks=(("This week", tuple(days[:7])), ("Next week", tuple(days[7:]))),
    )


def instead_of_nobody(team: Team) -> str:
    """Whom to ring in a gap."""
    number = team.agency.out_of_hours or team.phone or team.agency.phone
    who = f"{team.agency.name} out of hours" if team.agency.out_of_hours else team.name
    return f"Ring {who} on {number}." if number else "Ring the manager of the team."


def gap_in_words(starts: datetime, ends: datetime) -> str:
    """Such as "Nobody is on call on Saturday 7 November, 11 pm to Sunday 8 November, 8 am"."""
    return f"Nobody is on call on {_when(starts)} to {_when(ends)}"


def show_offered(swaps: Iterable[Swap], viewer: Viewer, teams: Iterable[int]) -> tuple[SwapShown, ...]:
    """Shifts on offer; `teams`: those that whoever looks is in."""
    mine = set(teams)
    return tuple(
        SwapShown(
            swap.pk,
            f"{swap.shift.viewer.name} offers {shift_in_words(swap.shift)}",
            may_take=swap.shift.team_id in mine and swap.shift.viewer_id != viewer.pk,
            may_undo=can_undo_swap(viewer, swap),
        )
        for swap in swaps
    )


def show_swapped(swaps: Iterable[Swap], viewer: Viewer, now: datetime) -> tuple[SwapShown, ...]:
    """What was swapped and undone."""
    return tuple(SwapShown(swap.pk, _swapped(swap, now), False, _may_go_back(swap, viewer, now)) for swap in swaps)


def shift_in_words(shift: Shift) -> str:
    """Such as "Saturday 7 November, 8 am to 11 pm"."""
    return f"{_when(shift.starts_at)} to {words.clock_time(shift.ends_at)}"


def calendar_file(shifts: Iterable[Shift], address: str, now: datetime) -> bytes:
    """One person's shifts for their calendar. It names nobody: the title says that they are on call, nothing else."""
    calendar = Calendar()
    calendar.add("prodid", "-//Kith//On call//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", TITLE)
    for shift in shifts:
        event = Event()
        event.add("uid", f"shift-{shift.pk}@{address}")
        event.add("summary", TITLE)
        event.add("dtstart", shift.starts_at)
        event.add("dtend", shift.ends_at)
        event.add("dtstamp", now)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _day(on: date, shifts: Sequence[Shift], on_offer: set[int], viewer: Viewer, keeps: bool, now: datetime) -> DayShown:
    begins = [shift for shift in shifts if words.local_day(shift.starts_at) == on]
    shown = {
        kind: tuple(_shift(one, on_offer, viewer, keeps, now) for one in begins if one.kind == kind.value)
        for kind in ShiftKind
    }
    return DayShown(
        f"{words.line_day(on)} {words.short_day(on).split()[1]}",
        on == words.local_day(now),
        shown[ShiftKind.DAY],
        shown[ShiftKind.NIGHT],
    )


def _shift(shift: Shift, on_offer: set[int], viewer: Viewer, keeps: bool, now: datetime) -> ShiftShown:
    to_come = shift.ends_at > now
    mine = shift.viewer_id == viewer.pk
    return ShiftShown(
        shift.pk,
        shift.viewer.name,
        shift.phone,
        mine,
        may_offer=keeps and mine and to_come and shift.pk not in on_offer,
        may_take_off=keeps and to_come and (mine or is_manager(viewer)),
        on_offer=shift.pk in on_offer,
    )


def _swapped(swap: Swap, now: datetime) -> str:
    what = shift_in_words(swap.shift)
    if swap.taken_by is None:
        return f"{swap.offered_by.name} offered {what} and withdrew it"
    said = f"{swap.taken_by.name} took {what} from {swap.offered_by.name}"
    if swap.undone_at and swap.undone_by:
        return f"{said}; undone by {swap.undone_by.name}, {words.moment(swap.undone_at, now)}"
    return f"{said}, {words.moment(swap.taken_at, now)}" if swap.taken_at else said


def _may_go_back(swap: Swap, viewer: Viewer, now: datetime) -> bool:
    stands = swap.undone_at is None and swap.shift.starts_at > now and swap.shift.viewer_id == swap.taken_by_id
    return stands and can_undo_swap(viewer, swap)


def _when(moment: datetime) -> str:
    return f"{words.day(moment).rsplit(' ', 1)[0]}, {words.clock_time(moment)}"


def _eight(day: date) -> datetime:
    return datetime.combine(day, time(8), tzinfo=HERE)
