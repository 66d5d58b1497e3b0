"""Access follows work: circles open because somebody is involved, move with the child's record, and close
after.

Nobody is allocated to a park. What has happened at a public place is therefore open to those whose work it is to
decide where the work on a place goes: the front door and managers of social care, of police and of community
safety. They open it to whoever then works there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from kith.foundations.access.actions import NewOpening, end_opening, end_openings, open_circles
from kith.foundations.access.models import Opening, Scope, Viewer
from kith.foundations.access.rules import Role
from kith.linkage.settling.places import FROM_A_FEED

WORKING = """
    select 'involvement:' || i.id as reference, v.id as viewer_id, i.scope_id, i.role, i.is_lead, i.since,
        i.until,
           exists (select from subjects_restrictedpart p where p.scope_id = i.scope_id) as is_restricted
    from subjects_involvement i
    left join subjects_professional p on p.system = i.worker_system and p.key = i.worker_key and
        i.worker_system <> ''
    join access_viewer v on v.email = lower(coalesce(nullif(p.email, ''), i.worker_key)) and v.is_active
        and v.role <> 'system'
    where i.worker_key <> '' and i.ended_at is null
      and (i.since is null or i.since <= %(today)s) and (i.until is null or i.until >= %(today)s)
"""
STANDING = """
    select o.id, o.reference, o.viewer_id, o.scope_id, o.until from access_opening o
    where o.ended_at is null and o.reference like 'involvement:%%'
"""
DECIDES = (Role.FRONT_DOOR.value, Role.MANAGER.value)
AGENCIES_OF_PLACES = ("social care", "council", "police", "community safety")  # kinds of agency
DECIDING = "Decides where the work on public places goes"
DECIDERS = f"""
    select 'place:' || h.subject_id as reference, v.id as viewer_id, s.scope_id
    from subjects_headline h join subjects_subject s on s.id = h.subject_id
    cross join access_viewer v join access_agency a on a.id = v.agency_id
    where h.kind = 'place' and v.is_active and v.role = any (%(roles)s) and a.in_partnership
    and a.kind = any (%(kinds)s) and {FROM_A_FEED.format("h.subject_id")}
"""
STANDING_DECIDERS = """
    select o.reference, o.viewer_id, o.scope_id, o.id from access_opening o
    where o.ended_at is null and o.reference like 'place:%%'
"""


@dataclass(frozen=True)
class _Work:
    """Somebody's work with somebody, and the circle that it opens."""

    reference: str
    viewer: int
    scope: int
    role: str
    is_lead: bool
    since: date | None
    until: date | None
    is_restricted: bool

    @property
    def because(self) -> str:
        role = self.role or "worker"
        name = f"Allocated {role[0].lower()}{role[1:]}" if self.is_lead else role
        return f"{name} since {self.since.day} {self.since:%B %Y}" if self.since else name

    @property
    def reason_kind(self) -> str:
        return "service" if self.is_restricted else "allocated" if self.is_lead else "involved"

    @property
    def closes(self) -> datetime | None:
        """The end of the last day, where the agency says which day that is."""
        return timezone.make_aware(datetime.combine(self.until + timedelta(days=1), time())) if self.until else None


def follow_work(*, by: Viewer, now: datetime) -> tuple[int, int]:
    """Open what work has opened and end what has ended or moved; returns how many of each."""
    wanted = {(w.reference, w.viewer, w.scope, w.closes): w for w in _working(timezone.localdate(now))}
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {})
        standing = {row[1:]: row[0] for row in cursor.fetchall()}
    over = [number for key, number in standing.items() if key not in wanted]
    fresh = [work for key, work in wanted.items() if key not in standing]
    for opening in Opening.objects.filter(pk__in=over):
        end_opening(opening=opening, because=_why_over(opening, wanted), by=by, now=now)
    if fresh:
        scopes = Scope.objects.in_bulk({work.scope for work in fresh})
        viewers = Viewer.objects.in_bulk({work.viewer for work in fresh})
        new = [
            NewOpening(scopes[w.scope], w.because, w.reason_kind, viewers[w.viewer], None, w.closes, w.reference)
            for w in fresh
        ]
        open_circles(openings=new, by=by, now=now)
    return len(fresh), len(over)


def follow_public_places(*, by: Viewer, now: datetime) -> tuple[int, int]:
    """Open the circle of each public place that feeds name to those who decide where its work goes, and close it to
    whoever does so no more; returns how many of each.
    """
    with connection.cursor() as cursor:
        cursor.execute(DECIDERS, {"roles": list(DECIDES), "kinds": list(AGENCIES_OF_PLACES)})
        wanted = set(cursor.fetchall())
        cursor.execute(STANDING_DECIDERS, {})
        standing = {row[:3]: row[3] for row in cursor.fetchall()}
    over = [number for work, number in standing.items() if work not in wanted]
    for opening in Opening.objects.filter(pk__in=over):
        end_opening(opening=opening, because="No longer decides on this place", by=by, now=now)
    fresh = sorted(wanted - standing.keys())
    if fresh:
        scopes = Scope.objects.in_bulk({scope for _, _, scope in fresh})
        viewers = Viewer.objects.in_bulk({viewer for _, viewer, _ in fresh})
        new = [NewOpening(scopes[s], DECIDING, "place", viewers[v], reference=reference) for reference, v, s in fresh]
        open_circles(openings=new, by=by, now=now)
    return len(fresh), len(over)


def _working(today: date) -> list[_Work]:
    with connection.cursor() as cursor:
        cursor.execute(WORKING, {"today": today})
        return [_Work(*row) for row in cursor.fetchall()]


def _why_over(opening: Opening, wanted: Iterable[tuple[str, int, int, datetime | None]]) -> str:
    goes_on = any(reference == opening.reference for reference, *_ in wanted)
    return "The record this work is about was joined or parted" if goes_on else "This work has ended"


def carry_openings(*, subject: int, into: int, by: Viewer, now: datetime) -> int:
    """Whoever was let into `subject` by hand is let into the subject it was joined with, until the two part.

    What work opened moves with the work; what was opened by breaking the glass stays where the glass was
    broken.
    """
    carried = [
        NewOpening(
            new,
            _joined_because(opening),
            opening.reason_kind,
            opening.viewer,
            opening.team,
            opening.until,
            f"joined:{opening.pk}",
        )
        for opening, new in _by_hand(subject, into)
    ]
    return len(open_circles(openings=carried, by=by, now=now)) if carried else 0


def return_openings(*, subject: int, by: Viewer, now: datetime) -> int:
    """End what `carry_openings` opened on behalf of this subject: its own circle stands again."""
    scopes = _scopes(subject).values()
    references = [f"joined:{o}" for o in Opening.objects.filter(scope__in=scopes).values_list("pk", flat=True)]
    return end_openings(references=references, because="The two records were parted again", by=by, now=now)


def _by_hand(subject: int, into: int) -> list[tuple[Opening, Scope]]:
    old, new = _scopes(subject), _scopes(into)
    openings = (
        Opening.objects.filter(scope__in=old.values(), ended_at=None)
        .exclude(reason_kind="break-glass")
        .exclude(reference__startswith="involvement:")
        .select_related("viewer", "team")
        .order_by("pk")
    )
    audience = {scope.pk: name for name, scope in old.items()}
    return [(o, new[audience[o.scope_id]]) for o in openings if audience[o.scope_id] in new]


def _scopes(subject: int) -> dict[str, Scope]:
    """The circle (under an empty name) and each restricted part of a subject, by audience."""
    circle = {"": Scope.objects.get(subject=subject)}
    parts = Scope.objects.filter(restricted_part__subject=subject).select_related("restricted_part")
    return circle | {scope.restricted_part.audience: scope for scope in parts}


def _joined_because(opening: Opening) -> str:
    return f"{opening.because} (under a record since joined with this one)"
