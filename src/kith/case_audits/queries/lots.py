"""Whose records are in a lot: as far as whoever draws may read them, without the children they work with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from kith.case_audits.rules.kinds import Lot
from kith.chronology.models import EntrySubject
from kith.foundations.access.models import Viewer
from kith.pathways.models import Work
from kith.subjects.models import Involvement, Subject

REFERRED = ("referral", "contact")
A_YEAR = timedelta(days=365)
MANY = 3  # agencies that work with the child


def lot(kind: Lot, viewer: Viewer, now: datetime) -> list[int]:
    """The numbers of children's records."""
    found = LOTS[kind](viewer, now)
    children = Subject.objects.filter(pk__in=found, kind="person", person__is_child=True, joined_into=None)
    return sorted(set(children.values_list("pk", flat=True)) - set(own_children(viewer)))


def own_children(viewer: Viewer) -> list[int]:
    """Children with whom somebody works themselves: nobody audits their own."""
    return list(Involvement.objects.filter(theirs(viewer), ended_at=None).values_list("subject_id", flat=True))


def theirs(viewer: Viewer) -> Q:
    """Involvements of somebody, by email, or by name in the same agency."""
    email = viewer.email.lower()
    return Q(worker_key__iexact=email) | Q(email__iexact=email) | Q(worker=viewer.name, agency_id=viewer.agency_id)


def lead_worker(subject_id: int, today: date) -> Viewer | None:
    """Who leads the work with a child, where they sign in here."""
    stands = Q(ended_at=None) & (Q(until=None) | Q(until__gte=today))
    rows = Involvement.objects.filter(stands, subject_id=subject_id, is_lead=True).order_by("-since", "-pk")
    for row in rows:
        who = Q(email__in=[row.email.lower(), row.worker_key.lower()]) | Q(name=row.worker, agency_id=row.agency_id)
        found = Viewer.objects.filter(who, is_active=True).first()
        if found:
            return found
    return None


def _work(viewer: Viewer, now: datetime) -> set[int]:
    teams = list(viewer.teams.values_list("pk", flat=True))
    works = Work.objects.filter(team__in=teams, ended_at=None, taken_back=False).values_list("subject_id", flat=True)
    members = list(Viewer.objects.filter(teams__in=teams, is_active=True))
    emails = [one.email for one in members]
    mine = Q(worker_key__in=emails) | Q(email__in=emails)
    mine |= Q(worker__in=[one.name for one in members], agency_id=viewer.agency_id)
    led = Involvement.objects.filter(mine, is_lead=True, ended_at=None).values_list("subject_id", flat=True)
    return {*works, *led}


def _again(viewer: Viewer, now: datetime) -> set[int]:
    """Children of whom two referrals or contacts stand within twelve months."""
    since = (now - A_YEAR).date()
    rows = EntrySubject.objects.filter(
        entry__kind__in=REFERRED, on__gte=since, entry__superseded_by=None, entry__ended_at=None
    )
    days = rows.values("subject_id").annotate(days=Count("on", distinct=True)).filter(days__gte=2)
    return set(days.values_list("subject_id", flat=True))


def _many(viewer: Viewer, now: datetime) -> set[int]:
    rows = Involvement.objects.filter(ended_at=None).values("subject_id")
    found = rows.annotate(agencies=Count("agency_id", distinct=True)).filter(agencies__gte=MANY)
    return set(found.values_list("subject_id", flat=True))


def _neglect(viewer: Viewer, now: datetime) -> set[int]:
    """Children with a protection plan of the last twelve months whose reason is neglect, as its entry says."""
    since = (now - A_YEAR).date()
    plans = EntrySubject.objects.filter(
        entry__kind="child-protection-plan", entry__superseded_by=None, entry__ended_at=None
    )
    stands = Q(on__gte=since) | Q(entry__until_day=None) | Q(entry__until_day__gte=since)
    said = Q(entry__summary__icontains="neglect") | Q(entry__details__icontains="neglect")
    return set(plans.filter(stands, said).values_list("subject_id", flat=True))


LOTS: dict[Lot, Callable[[Viewer, datetime], set[int]]] = {
    Lot.WORK: _work,
    Lot.AGAIN: _again,
    Lot.MANY: _many,
    Lot.NEGLECT: _neglect,
}
