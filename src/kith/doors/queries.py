"""What the doors ask, as the doors' own job, since nobody is signed in: so each answers one thing only."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from kith.doors.models import FileSoFar, HelpWords, ReportSoFar
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.front_door.actions import code_of
from kith.front_door.models import Contact, Giver, Reply
from kith.subjects.models import Headline
from kith.subjects.travel import travel_kinds

PUBLIC_KINDS = ("park", "food", "hotel", "nightclub", "shop", "school", "youth-building", "health", *travel_kinds())
FEWEST_LETTERS = 3
NO_SUCH = UUID(int=0)


def the_doors() -> Viewer:
    """The named job that minds the pages without an account."""
    return system_viewer("doors")


def report_so_far(token: str) -> ReportSoFar | None:
    """The report of a visitor's session."""
    if not token:
        return None
    with viewing_as(the_doors()):
        return ReportSoFar.objects.filter(token=token).first()


def files_of(token: str) -> list[str]:
    """Names of the files that were given with a report, in order."""
    with viewing_as(the_doors()):
        return list(FileSoFar.objects.filter(report__token=token).values_list("name", flat=True)) if token else []


def public_places(words: str, at_most: int = 6) -> list[str]:
    """Names of places that anybody may enter and that a feed names, by part of the name or by postcode.

    Only parks, shops, stations and the like, from headlines: never a home, never a place that a worker wrote down.
    """
    looked_for = " ".join(words.split())
    if len(looked_for) < FEWEST_LETTERS:
        return []
    named = Q(name__icontains=looked_for) | Q(subject__place__postcode__iexact=looked_for)
    public = Q(kind="place", subject__place__kind__in=PUBLIC_KINDS, subject__references__isnull=False)
    with viewing_as(the_doors()):
        found = Headline.objects.filter(public & named).order_by("name").values_list("name", flat=True).distinct()
        return list(found[:at_most])


@dataclass(frozen=True)
class Followed:
    """What somebody with reference and code may know. `replies` only where their email address was proved."""

    contact_id: int
    received_at: datetime
    looked_at: datetime | None
    decided_at: datetime | None
    proved: bool
    replies: tuple[tuple[datetime, str], ...] = ()


def followed(reference: str, code: str) -> Followed | None:
    """What became of a contact, for whoever has both. As long for a wrong reference as for a wrong code."""
    with viewing_as(the_doors()):
        contact = Contact.objects.filter(reference=reference).first()
        right = code_of(contact.sent_as if contact else NO_SUCH)
        given = "".join(letter for letter in code.upper() if letter.isalnum())
        fits = hmac.compare_digest(right.encode(), given.encode())
        return _followed(contact) if contact and fits else None


def _followed(contact: Contact) -> Followed:
    proved = Giver.objects.filter(contact=contact, email_verified=True).exists()
    replies = Reply.objects.filter(contact=contact).order_by("at").values_list("at", "text") if proved else ()
    return Followed(
        contact_id=contact.pk,
        received_at=contact.received_at,
        looked_at=contact.taken_at,
        decided_at=contact.decided_at,
        proved=proved,
        replies=tuple(replies),
    )


def help_words() -> dict[str, str]:
    """The partnership's own words by block; the newest of each, and none where they were taken back."""
    newest = HelpWords.objects.order_by("block", "-at", "-pk").distinct("block")
    return {one.block: one.text for one in newest if one.text}


def help_versions(block: str) -> list[HelpWords]:
    """Every version of a block, the newest first."""
    return list(HelpWords.objects.filter(block=block).select_related("by").order_by("-at", "-pk"))
