"""The queue: what waits, in the order in which it must be decided, and one contact with all that belongs to it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kith.foundations.access.models import Team, Viewer
from kith.foundations.access.rules import TeamWork
from kith.front_door.models import Check, Contact, Decision, Named, Reply
from kith.pathways.rules import pathways

ALIKE_WITHIN = timedelta(days=28)
MOST_ALIKE = 5


def waiting() -> QuerySet[Contact]:
    """What is not decided, the soonest due first."""
    return _told().filter(decided_at=None).order_by("act_by", "pk")


def decided() -> QuerySet[Contact]:
    """What was decided, the latest first."""
    return _told().exclude(decided_at=None).order_by("-decided_at", "-pk")


def narrowed(
    contacts: QuerySet[Contact], *, about: str = "", danger: bool = False, words: str = ""
) -> QuerySet[Contact]:
    """Only those about one kind, with somebody in danger, or holding every word."""
    if about:
        contacts = contacts.filter(about=about)
    if danger:
        contacts = contacts.filter(in_danger=True)
    for word in words.split()[:8]:
        contacts = contacts.filter(
            Q(what__icontains=word) | Q(reference__icontains=word) | Q(named__name__icontains=word)
        ).distinct()
    return contacts


def contact_seen(contact_id: int) -> Contact | None:
    """One contact, where it is in the queue of whoever looks; with who told and whom they named."""
    named = Prefetch("named", queryset=Named.objects.select_related("subject").order_by("order", "pk"))
    decisions = Prefetch(
        "decisions",
        queryset=Decision.objects.select_related("by", "undone_by", "sharing")
        .prefetch_related("outcomes__named")
        .order_by("-at"),
    )
    found = (
        _told()
        .select_related("joined_into", "split_from")
        .prefetch_related(
            named,
            decisions,
            "attached",
            Prefetch("replies", queryset=Reply.objects.select_related("by").order_by("-at")),
        )
    )
    return found.filter(pk=contact_id).first()


def contact_by_reference(reference: str) -> Contact | None:
    """The contact of this reference, where it is in the queue of whoever looks."""
    return _told().filter(reference=reference).first() if reference else None


def next_waiting(but: int) -> Contact | None:
    """The next to decide that nobody else is looking at."""
    return waiting().exclude(pk=but).filter(taken_by=None).first()


def count_waiting(now: datetime) -> tuple[int, int]:
    """How many wait, and how many of them are overdue."""
    found = Contact.objects.filter(decided_at=None).aggregate(
        waiting=Count("pk"), late=Count("pk", filter=Q(act_by__lt=now))
    )
    return found["waiting"], found["late"]


def is_at_front_door(viewer: Viewer) -> bool:
    """Whether somebody is in a team that takes contacts."""
    return viewer.teams.filter(work=TeamWork.FRONT_DOOR.value).exists()


def alike(contact: Contact) -> list[Contact]:
    """Contacts of the last four weeks that name the same place or person, or the same record."""
    names = [named.name for named in contact.named.all() if len(named.name) > 3]
    subjects = [named.subject_id for named in contact.named.all() if named.subject_id]
    same = Q(named__name__in=names) | Q(named__subject_id__in=subjects)
    if contact.where.get("postcode"):
        same |= Q(where__postcode=contact.where["postcode"])
    since = contact.received_at - ALIKE_WITHIN
    found = _told().filter(same, received_at__gte=since).exclude(pk=contact.pk).distinct()
    return list(found.order_by("-received_at")[:MOST_ALIKE])


def teams_to_choose() -> dict[str, list[Team]]:
    """For each pathway, the partnership's teams that may take it on: those whose work it is first."""
    teams = list(Team.objects.filter(agency__in_partnership=True).select_related("agency").order_by("name"))
    return {key: sorted(teams, key=lambda team: team.work != path.team) for key, path in pathways().items()}


def _told() -> QuerySet[Contact]:
    """With who told, and how many agencies were asked (`asked`) and have answered (`answered`)."""
    asked = Check.objects.filter(contact=OuterRef("pk"), withdrawn_at=None).order_by().values("contact")
    counts = {"asked": asked.annotate(n=Count("pk")), "answered": asked.annotate(n=Count("answered_at"))}
    number = {name: Coalesce(Subquery(rows.values("n")), 0) for name, rows in counts.items()}
    return Contact.objects.select_related("giver", "giver__agency", "team", "taken_by").annotate(**number)
