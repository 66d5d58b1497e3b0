"""What every agency told of absences, for counting. A named job reads it: numbers leave it, never a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from kith.chronology.models import EntrySubject
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.clocks import HERE
from kith.missing.models import Account
from kith.missing.rules import Kind
from kith.missing.rules.care import Spell, in_care_on, spells
from kith.missing.rules.counts import Counted, Side, Told
from kith.subjects.models import Person

JOB = "missing-counts"
ROUND = timedelta(days=31)  # accounts around the months counted: the other agency may tell of the same in them
SIDES = {"police": Side.POLICE, "social care": Side.COUNCIL, "council": Side.COUNCIL, "early help": Side.COUNCIL}
FIELDS = (
    "episode_id", "subject_id", "agency__kind", "gone_at", "back_at", "gone_is_day", "kind", "withdrawn_at",
    "episode__not_missing_because", "missing_from", "episode__missing_from", "joined_because", "joined_by_id",
    "kept_apart",
)  # fmt: skip


def told_between(first: date, until: date) -> list[Told]:
    """Every account of an absence that began from `first` up to but without `until`, and those around them."""
    with viewing_as(system_viewer(JOB)):
        near = Account.objects.filter(gone_at__gte=_start(first) - ROUND, gone_at__lt=_start(until) + ROUND)
        rows = list(near.order_by("pk").values_list(*FIELDS))
        in_care = care_of({row[1] for row in rows})
    return [
        Told(
            absence=episode,
            child=child,
            side=SIDES.get(agency, Side.OTHER),
            began=gone,
            ended=back,
            is_day=is_day,
            missing=kind == Kind.MISSING.value,
            withdrawn=withdrawn is not None,
            set_aside=bool(in_error),
            in_care=in_care_on(gone.astimezone(HERE).date(), in_care.get(child, ()), own_from or its_from),
            by_person=bool(joined) and joined_by is not None,
            kept_apart=apart,
        )
        for (episode, child, agency, gone, back, is_day, kind, withdrawn, in_error, own_from, its_from, joined,
             joined_by, apart) in rows
    ]  # fmt: skip


def absences(told: Iterable[Told], first: date, until: date) -> list[Counted]:
    """Kith's own count: each absence that any standing account calls missing, once, on the day it began."""
    calling: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        if one.counts:
            calling[one.absence].append(one)
    with viewing_as(system_viewer(JOB)):
        began = dict(
            Account.objects.filter(
                episode__gone_at__gte=_start(first), episode__gone_at__lt=_start(until), episode__in=list(calling)
            ).values_list("episode_id", "episode__gone_at")
        )
    return [
        Counted(calling[pk][0].child, gone.astimezone(HERE).date(), any(one.in_care for one in calling[pk]))
        for pk, gone in sorted(began.items())
    ]


def care_of(children: Iterable[int]) -> dict[int, tuple[Spell, ...]]:
    """When each was in care, from the identity and from the entries that say so. Ask as whoever may read them."""
    starts: dict[int, set[date]] = defaultdict(set)
    ends: dict[int, set[date]] = defaultdict(set)
    wanted = list(children)
    people = Person.objects.filter(pk__in=wanted).exclude(in_care_since=None)
    for child, since in people.values_list("pk", "in_care_since"):
        starts[child].update([since] if since else [])
    standing = {"entry__superseded_by": None, "entry__ended_at": None}
    entries = EntrySubject.objects.filter(
        subject__in=wanted, entry__kind__in=("care-started", "care-ended"), **standing
    )
    for child, kind, on in entries.values_list("subject_id", "entry__kind", "on"):
        (starts if kind == "care-started" else ends)[child].add(on)
    return {child: spells(starts[child], ends[child]) for child in starts}


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=HERE).astimezone(UTC)
