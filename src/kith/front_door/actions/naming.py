"""Who is meant: each one named is somebody on record, somebody new, or needs no record. Decided by a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from kith.foundations.access.actions import end_opening, open_circle
from kith.foundations.access.models import Scope, Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.audit.actions import record
from kith.front_door.actions.withheld import tell_if_withheld
from kith.front_door.models import Contact, Named
from kith.front_door.permissions import check_can_decide, check_waiting
from kith.front_door.queries.known import scope_of_known
from kith.linkage.newcomers import Newcomer, begin_person
from kith.subjects.actions import PlaceDetails, create_group, create_place

FACTS = ("first_name", "last_name", "known_as", "date_of_birth", "address", "postcode", "phone", "school", "sex")


@transaction.atomic
def is_on_record(*, named_id: int, subject_id: int, by: Viewer, now: datetime) -> Named:
    """They are the one on this record, which opens to the front door until the contact is decided.

    Raises NotAllowed for a record that whoever decides may not even know of.
    """
    named = _waiting(named_id, by)
    scope = scope_of_known(subject_id, named.kind)
    if scope is None:
        raise NotAllowed("There is no such record for you. Search again, or begin a new one.")
    _forget_choice(named, by, now)
    open_until_decided(named=named, scope=scope, by=by, now=now)
    return _settle(named, subject_id, False, by, now)


@transaction.atomic
def is_new(*, named_id: int, by: Viewer, now: datetime, details: dict[str, Any] | None = None) -> Named:
    """Nobody on record: begins one, for a person, a group or a place. `details` are what to begin it with."""
    named = _waiting(named_id, by)
    _forget_choice(named, by, now)
    given = {**named.details, **(details or {})}
    subject_id = {"person": _new_person, "group": _new_group, "place": _new_place}[named.kind](named, given, by, now)
    return _settle(named, subject_id, True, by, now)


@transaction.atomic
def needs_no_record(*, named_id: int, by: Viewer, now: datetime) -> Named:
    """Named in passing: what was told of them stays in the contact, and nowhere else."""
    named = _waiting(named_id, by)
    _forget_choice(named, by, now)
    return _settle(named, None, False, by, now)


@transaction.atomic
def choose_again(*, named_id: int, by: Viewer, now: datetime) -> Named:
    """Takes the choice back, before the contact is decided."""
    named = _waiting(named_id, by)
    if named.made_new:
        raise NotAllowed(
            "A record was begun for them. Decide the contact, or have a data officer join the two records."
        )
    _forget_choice(named, by, now)
    named.subject, named.settled_at = None, None
    named.save(update_fields=["subject", "settled_at"])
    return named


def open_until_decided(*, named: Named, scope: Scope, by: Viewer, now: datetime) -> None:
    """Opens a record that a contact names to the team that decides on it; deciding closes it again."""
    open_circle(
        scope=scope,
        team=named.contact.team,
        because=f"Named in contact {named.contact.reference}, until it is decided",
        reason_kind="contact",
        reference=named.opening_reference,
        by=by,
        now=now,
    )


def _new_person(named: Named, given: dict[str, Any], by: Viewer, now: datetime) -> int:
    first, _, last = named.name.strip().rpartition(" ")
    facts = {"first_name": first or last, "last_name": last if first else ""}
    facts |= {name: str(given[name]) for name in FACTS if given.get(name)}
    if named.part == "child":
        tell_if_withheld(named=named, facts=facts, by=by, now=now)
    newcomer = Newcomer(facts, is_child=named.part == "child", told_in=f"Contact {named.contact.reference}")
    subject_id = begin_person(newcomer=newcomer, by=by, now=now)
    scope = scope_of_known(subject_id, "person")
    if scope is None:
        raise LookupError(f"The record {subject_id}, just begun, is not there.")
    open_until_decided(named=named, scope=scope, by=by, now=now)
    return subject_id


def _new_group(named: Named, given: dict[str, Any], by: Viewer, now: datetime) -> int:
    about = str(given.get("about", "")) or f"Told to the front door in {named.contact.reference}."
    return create_group(name=str(given.get("name") or named.name), about=about, review_on=None, by=by, now=now).pk


def _new_place(named: Named, given: dict[str, Any], by: Viewer, now: datetime) -> int:
    known = {name: str(given.get(name) or "") for name in ("address", "postcode", "online")}
    kind = str(given.get("kind") or ("online" if known["online"] else "other"))
    return create_place(
        name=str(given.get("name") or named.name), details=PlaceDetails(kind=kind, **known), by=by, now=now
    ).pk


def _waiting(named_id: int, by: Viewer) -> Named:
    check_can_decide(by)
    named = Named.objects.select_related("contact", "contact__team").get(pk=named_id)
    Contact.objects.select_for_update().get(pk=named.contact_id)
    check_waiting(named.contact)
    return named


def _settle(named: Named, subject_id: int | None, made_new: bool, by: Viewer, now: datetime) -> Named:
    named.subject_id, named.made_new, named.settled_at = subject_id, made_new, now
    named.save(update_fields=["subject", "made_new", "settled_at"])
    said = "needs no record" if subject_id is None else "is new" if made_new else "is on record"
    what = f"Contact {named.contact.reference}: one named {said}"
    subjects = [subject_id] if subject_id else []
    record(viewer=by, action="settle-named", subjects=subjects, what=what, now=now)
    return named


def _forget_choice(named: Named, by: Viewer, now: datetime) -> None:
    if named.made_new:
        raise NotAllowed("A record was begun for them already.")
    if named.subject_id:
        end_opening(reference=named.opening_reference, because="Somebody else was meant", by=by, now=now)
