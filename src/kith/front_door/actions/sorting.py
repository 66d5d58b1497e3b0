"""Sorting the queue: take one up, part what is two, join what is one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.audit.actions import record
from kith.front_door.actions.deciding import Decided, Sharing, decide
from kith.front_door.models import Contact, Decision, Giver, Named
from kith.front_door.permissions import check_can_decide, check_waiting
from kith.front_door.rules import new_reference


@transaction.atomic
def take_up(*, contact_id: int, by: Viewer, now: datetime) -> Contact:
    """Says who is looking at it, so that two do not."""
    contact = _mine(contact_id, by)
    contact.taken_by, contact.taken_at = by, now
    contact.save(update_fields=["taken_by", "taken_at"])
    record(viewer=by, action="take-contact", what=f"Took up {contact.reference}", now=now)
    return contact


@transaction.atomic
def put_back(*, contact_id: int, by: Viewer, now: datetime) -> Contact:
    """Nobody looks at it any more: the next one free may."""
    contact = _mine(contact_id, by)
    contact.taken_by, contact.taken_at = None, None
    contact.save(update_fields=["taken_by", "taken_at"])
    record(viewer=by, action="put-contact-back", what=f"Put back {contact.reference}", now=now)
    return contact


@transaction.atomic
def split(*, contact_id: int, named_ids: Sequence[int], what: str, once: UUID, by: Viewer, now: datetime) -> Contact:
    """Part of what was told becomes a contact of its own, with some of those named; its clocks began with the first.

    The first keeps every word that was told. Sent twice it is one.
    """
    first = _mine(contact_id, by)
    standing = Contact.objects.filter(sent_as=once).first()
    if standing:
        return standing
    moved = list(first.named.filter(pk__in=named_ids, settled_at=None))
    if not what.strip():
        raise NotAllowed("Say what the new contact is about.")
    second = _copy(first, what, once)
    Named.objects.filter(pk__in=[named.pk for named in moved]).update(contact=second)
    record(viewer=by, action="split-contact", what=f"Split {second.reference} from {first.reference}", now=now)
    return second


@transaction.atomic
def join(*, contact_id: int, into_id: int, because: str, once: UUID, by: Viewer, now: datetime) -> Decision:
    """Tells that a contact says the same as another: it is decided as a duplicate, and its giver hears of the other."""
    contact, other = _mine(contact_id, by), Contact.objects.get(pk=into_id)
    if contact.pk == other.pk or other.joined_into_id:
        raise NotAllowed("Choose another contact, one that was not itself joined.")
    contact.joined_into = other
    contact.save(update_fields=["joined_into"])
    decided = Decided("duplicate", because, Sharing(shared=False, refused_because="Decided with the other contact"))
    return decide(contact_id=contact.pk, decided=decided, once=once, by=by, now=now)


def _mine(contact_id: int, by: Viewer) -> Contact:
    check_can_decide(by)
    contact = Contact.objects.select_for_update().get(pk=contact_id)
    check_waiting(contact)
    return contact


def _copy(first: Contact, what: str, once: UUID) -> Contact:
    same = (
        "scope",
        "team",
        "came_by",
        "about",
        "received_at",
        "in_danger",
        "on",
        "when",
        "where",
        "how_known",
        "harms",
    )
    given = {name: getattr(first, name) for name in (*same, "factors", "act_by")}
    second = Contact.objects.create(
        **given, reference=new_reference(), sent_as=once, what=what.strip(), split_from=first
    )
    giver = Giver.objects.filter(contact=first).first()
    if giver:
        giver.pk = None
        giver.contact = second
        giver._state.adding = True
        giver.save()
    return second
