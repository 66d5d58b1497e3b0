"""What is asked about checks: of a contact, of an agency, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Q, QuerySet

from kith.foundations.access.models import Agency, Viewer
from kith.foundations.access.rules import TeamWork
from kith.front_door.models import Check, Contact, Named
from kith.subjects.models import Headline, Involvement

NOT_ASKED = ("partnership",)  # kinds of agency that hold no records of their own


def contact_seen(contact_id: int) -> Contact | None:
    """A contact, where it exists for whoever looks."""
    return Contact.objects.select_related("team").filter(pk=contact_id).first()


def named_in(contact: Contact) -> list[Named]:
    return list(Named.objects.filter(contact=contact).order_by("order"))


def checks_of(contact_id: int) -> QuerySet[Check]:
    """Everything asked about a contact, with what was answered; the agencies in the order of their names."""
    found = Check.objects.filter(contact_id=contact_id).select_related("agency", "asked_by", "withdrawn_by")
    return found.prefetch_related("answers__by", "chases__by", "links").order_by("agency__name", "asked_at", "pk")


def check_seen(check_id: int) -> Check | None:
    """One check, where it exists for whoever looks."""
    found = Check.objects.select_related("agency", "team", "asked_by")
    return found.prefetch_related("answers__by", "chases__by", "links").filter(pk=check_id).first()


def asked_of(viewer: Viewer) -> QuerySet[Check]:
    """What their teams are asked: unanswered first, by clock."""
    mine = Check.objects.filter(team__in=viewer.teams.filter(work=TeamWork.CHECKS.value), withdrawn_at=None)
    return mine.select_related("agency", "asked_by").order_by(F("answered_at").asc(nulls_first=True), "due_at", "pk")


def agencies_to_ask() -> list[Agency]:
    """Those of the partnership that hold records."""
    return list(Agency.objects.filter(in_partnership=True).exclude(kind__in=NOT_ASKED).order_by("name"))


def agencies_numbered(numbers: Iterable[int]) -> list[Agency]:
    return list(Agency.objects.filter(pk__in=list(numbers), in_partnership=True).order_by("name"))


def known_to_work_with(contact: Contact) -> set[int]:
    """Numbers of agencies that, as far as the viewer may know, work with somebody named in the contact."""
    subjects = list(Named.objects.filter(contact=contact).exclude(subject=None).values_list("subject_id", flat=True))
    names = {
        str(one.get("agency", ""))
        for headline in Headline.objects.filter(subject_id__in=subjects)
        for one in headline.ring
    }
    of_work = Involvement.objects.filter(subject_id__in=subjects, agency__isnull=False)
    numbers = set(of_work.values_list("agency_id", flat=True))
    return {*numbers, *Agency.objects.filter(name__in=names).values_list("pk", flat=True)}


def to_remind(now: datetime) -> QuerySet[Check]:
    """Unanswered, not withdrawn, never reminded, with time left."""
    waiting = Q(answered_at=None, withdrawn_at=None, due_at__gt=now)
    return Check.objects.filter(waiting).exclude(chases__how="reminder").order_by("due_at")
