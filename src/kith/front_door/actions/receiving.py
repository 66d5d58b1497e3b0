"""Receiving what somebody tells: once, whole, and in the right team's queue before the giver is thanked."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from kith.foundations.access.actions import system_viewer, team_audience
from kith.foundations.access.models import Agency, Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.front_door.letters import write_receipt
from kith.front_door.models import Attached, Contact, Giver, Named, Received
from kith.front_door.routing import receiving_team
from kith.front_door.rules import READABLE, act_by, new_reference, reply_by

CODE_LENGTH = 8
GIVER_WORDS = (
    "kind",
    "name",
    "role",
    "agency_name",
    "email",
    "email_verified",
    "phone",
    "best_time",
    "unnamed",
    "family_told",
    "viewer",
)


@dataclass(frozen=True)
class NamedIn:
    """Somebody or somewhere that is named: `kind` person, group or place; `part` child, adult, group or place."""

    kind: str
    part: str
    name: str
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class WhoGave:
    """Who told, as far as they said. `kind` is a key of the list of givers, or "staff"."""

    kind: str
    name: str = ""
    role: str = ""
    agency_name: str = ""
    email: str = ""
    email_verified: bool = False
    phone: str = ""
    best_time: str = ""
    unnamed: bool = False
    family_told: str = ""
    viewer: Viewer | None = None


@dataclass(frozen=True)
class Told:
    """Everything told. Keys are those of codes/contacts.yaml; `where` and `when` are as models.Contact holds them."""

    about: str
    what: str
    giver: WhoGave
    came_by: str = "web"
    in_danger: bool = False
    on: date | None = None
    when: dict[str, Any] = field(default_factory=dict)
    where: dict[str, Any] = field(default_factory=dict)
    how_known: str = ""
    harms: Sequence[str] = ()
    factors: Sequence[str] | None = None
    named: Sequence[NamedIn] = ()
    documents: Sequence[tuple[int, str]] = ()  # number in foundations.documents, name
    message_id: str = ""  # of an email or a partner's system: the same message twice is one contact


@dataclass(frozen=True)
class Receipt:
    """What the giver is told: how to speak of it, the code to follow it with, by when they will hear."""

    contact_id: int
    reference: str
    code: str
    reply_by: datetime
    new: bool  # False: it had been received before


def receive(*, told: Told, once: UUID, now: datetime) -> Receipt:
    """Takes what was told into the queue, as the named job that minds the door, whoever gave it.

    The same form (`once`) or message (`message_id`) sent again is the contact that already stands.
    """
    door = system_viewer("door")
    with viewing_as(door):
        standing = _standing(told, once)
        if standing is None:
            try:
                with transaction.atomic():
                    return _receipt(_take(told, once, door, now), new=True)
            except IntegrityError:  # sent twice at the same moment: the other one stands
                standing = _standing(told, once)
                if standing is None:
                    raise
        return _receipt(standing, new=False)


def code_of(once: UUID) -> str:
    """The code by which a giver follows what they told: worked out from the form's mark, never stored."""
    digest = hmac.new(settings.SECRET_KEY.encode(), b"follow:" + once.bytes, sha256).digest()
    return "".join(READABLE[byte % len(READABLE)] for byte in digest[:CODE_LENGTH])


def _standing(told: Told, once: UUID) -> Contact | None:
    if told.message_id:
        before = Received.objects.filter(message_id=told.message_id).select_related("contact").first()
        if before:
            return before.contact
    return Contact.objects.filter(sent_as=once).first()


def _take(told: Told, once: UUID, door: Viewer, now: datetime) -> Contact:
    team = receiving_team()
    scope = team_audience(team=team, now=now)
    contact = Contact.objects.create(
        scope=scope,
        team=team,
        reference=new_reference(),
        sent_as=once,
        came_by=told.came_by,
        about=told.about,
        received_at=now,
        in_danger=told.in_danger,
        what=told.what.strip(),
        on=told.on,
        when=told.when,
        where=told.where,
        how_known=told.how_known,
        harms=list(told.harms),
        factors=None if told.factors is None else list(told.factors),
        act_by=act_by(now, told.in_danger),
    )
    giver = _giver(contact, told.giver)
    _with_it(contact, told)
    if giver.email:
        write_receipt(contact=contact, to=giver.email, code=code_of(once), now=now)
    what = f"Received contact {contact.reference}"
    record(
        viewer=told.giver.viewer or door, action="receive-contact", what=what, details={"contact": contact.pk}, now=now
    )
    return contact


def _giver(contact: Contact, gave: WhoGave) -> Giver:
    words = {name: getattr(gave, name) for name in GIVER_WORDS}
    agency = gave.viewer.agency if gave.viewer else _agency_of(gave.email) if gave.email_verified else None
    return Giver.objects.create(contact=contact, scope=contact.scope, agency=agency, **words)


def _agency_of(email: str) -> Agency | None:
    """The agency whose own address ends as this one does."""
    domain = email.rpartition("@")[2].lower()
    return Agency.objects.filter(email__iendswith=f"@{domain}").order_by("pk").first() if domain else None


def _with_it(contact: Contact, told: Told) -> None:
    Named.objects.bulk_create(
        Named(
            contact=contact,
            scope=contact.scope,
            kind=one.kind,
            part=one.part,
            name=one.name.strip()[:300],
            details=one.details,
            order=order,
        )
        for order, one in enumerate((*told.named, *_where_it_was(told)))
    )
    Attached.objects.bulk_create(
        Attached(contact=contact, scope=contact.scope, document_id=pk, name=name[:200]) for pk, name in told.documents
    )
    if told.message_id:
        Received.objects.create(scope=contact.scope, message_id=told.message_id, contact=contact)


def _where_it_was(told: Told) -> tuple[NamedIn, ...]:
    """The place told of is named too, so that it can have a record of its own, where nobody listed it."""
    where = told.where
    name = where.get("name") or where.get("online") or where.get("words") or where.get("postcode") or ""
    if not str(name).strip() or any(one.kind == "place" for one in told.named):
        return ()
    known = {key: where[key] for key in ("postcode", "address", "online", "kind") if where.get(key)}
    return (NamedIn("place", "place", str(name), known),)


def _receipt(contact: Contact, *, new: bool) -> Receipt:
    code, promised = code_of(contact.sent_as), reply_by(contact.received_at)
    return Receipt(contact.pk, contact.reference, code, promised, new)
