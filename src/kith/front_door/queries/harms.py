"""What was decided at the front door on harm to somebody, for those who search for them and answer critical moments."""

from __future__ import annotations

from django.utils.timezone import localdate

from kith.front_door.models import Decision, Named
from kith.front_door.rules import codes
from kith.missing.queries.on_record import OnRecord
from kith.missing.rules.grading import HARMS


def exploitation_decided(subject_id: int) -> list[OnRecord]:
    """Decisions that stand and name exploitation or trafficking, as far as whoever looks may read."""
    contacts = Named.objects.filter(subject_id=subject_id).values("contact_id")
    standing = Decision.objects.filter(contact__in=contacts, undone_at=None).order_by("-at")
    titles = dict(codes()["harms"].choices())
    return [
        OnRecord(localdate(one.at), "Decided at the front door", ", ".join(titles.get(h, h) for h in harms))
        for one in standing
        if (harms := [harm for harm in one.harms if harm in HARMS])
    ]


def all_exploited() -> set[int]:
    """Subjects of whom a standing decision names exploitation or trafficking: for a named job."""
    standing = Decision.objects.filter(undone_at=None).values_list("contact_id", "harms")
    contacts = [contact for contact, harms in standing if set(harms) & set(HARMS)]
    named = Named.objects.filter(contact__in=contacts, subject__isnull=False, kind="person", part="child")
    return set(named.values_list("subject_id", flat=True))
