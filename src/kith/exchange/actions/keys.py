"""Giving an agency's system a key, ending it, and using it. The secret is shown once and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from secrets import choice, token_urlsafe

from django.db import transaction

from kith.exchange.models import ApiKey
from kith.exchange.rules.keys import NO_SECRET, Shown, hash_of, is_secret
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.actions.people import SYSTEM_DOMAIN
from kith.foundations.access.models import Agency, Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.rules import Reach, Role
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record

JOB = "api"  # the named job that takes what systems send
MINUTE = timedelta(minutes=1)
A_MINUTE = 60
MOST_A_MINUTE = 6000
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
OUTSIDE = "{} is not in the partnership: its system may not report here."
NO_NAME = "Say which system is to hold the key, such as “Custody and missing persons system”."
ENDED = "This key was ended. Ask whoever runs Kith for another."


class TooMany(Exception):  # noqa: N818 - reads as what is said
    """More calls in a minute than the key may make; `wait`: in how many seconds it may call again."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"This key may not call so often. Call again in {wait} seconds.")
        self.wait = wait


class NoSuchKey(Exception):  # noqa: N818 - reads as what is said
    """There is no such key, or its secret is another."""


@dataclass(frozen=True)
class Caller:
    """Whose system calls, with which key."""

    key_id: int
    agency: Agency
    viewer: Viewer


@transaction.atomic
def make_key(*, agency: Agency, name: str, per_minute: int = A_MINUTE, by: Viewer, now: datetime) -> Shown:
    """A new key for a system of this agency. What it answers holds the secret: show it once.

    Raises NotAllowed for an agency outside the partnership, and without a name for the system.
    """
    if not agency.in_partnership:
        raise NotAllowed(OUTSIDE.format(agency.name))
    if not name.strip() or not name.isprintable():
        raise NotAllowed(NO_NAME)
    shown = Shown("".join(choice(LETTERS) for _ in range(8)), token_urlsafe(32))
    with viewing_as(system_viewer(JOB)):
        ApiKey.objects.create(
            agency=agency,
            viewer=_acts_as(agency),
            name=name.strip()[:120],
            handle=shown.handle,
            secret_hash=hash_of(shown.secret),
            per_minute=max(1, min(per_minute, MOST_A_MINUTE)),
            made_at=now,
            made_by=by,
        )
    what = f"Gave {agency.name} a key for its system: {shown.handle}"
    record(viewer=by, action="make-api-key", what=what, because=name.strip(), now=now)
    return shown


@transaction.atomic
def end_key(*, handle: str, by: Viewer, now: datetime) -> ApiKey:
    """From now on it opens nothing. Raises NotAllowed where there is none, or it was ended before."""
    with viewing_as(system_viewer(JOB)):
        key = ApiKey.objects.select_for_update().filter(handle=handle, ended_at=None).select_related("agency").first()
        if key is None:
            raise NotAllowed(f"There is no key {handle} that has not been ended. `kith api-key list` has them all.")
        key.ended_at, key.ended_by = now, by
        key.save(update_fields=["ended_at", "ended_by"])
    record(viewer=by, action="end-api-key", what=f"Ended {key.agency.name}’s key {key.handle}", now=now)
    return key


def use_key(*, shown: Shown, now: datetime) -> Caller:
    """Whose system calls. Counts the call, and holds the key until it is answered: one call of a key at a time.

    Raises NoSuchKey, TooMany, and NotAllowed where it was ended or its agency may not report any more.
    """
    with viewing_as(system_viewer(JOB)):
        row = ApiKey.objects.select_for_update(of=("self",)).select_related("agency", "viewer")
        key = row.filter(handle=shown.handle).first()
        if not is_secret(shown.secret, key.secret_hash if key else NO_SECRET) or key is None:
            raise NoSuchKey
        _count(key, now)
        if key.ended_at is not None:
            raise NotAllowed(ENDED)
        if not key.agency.in_partnership or not key.viewer.is_active:
            raise NotAllowed(OUTSIDE.format(key.agency.name))
    return Caller(key.pk, key.agency, key.viewer)


def note_wrong_key(*, handle: str, wait: int, by: None, now: datetime) -> None:
    """A call with a wrong key, for the audit. The open part is kept only where it is a key's: the rest may be a secret.

    `wait`: for how many seconds its address may not try again. `by`: nobody who is known.
    """
    with viewing_as(system_viewer(JOB)):
        key = ApiKey.objects.filter(handle=handle).first()
    whose = f", with the open part of the key {key.handle}" if key else ""
    told = f"A system called with a wrong key{whose}"
    because = f"Told to wait {wait} seconds" if wait else ""
    record(viewer=by, action="wrong-api-key", what=told, because=because, now=now)


def _count(key: ApiKey, now: datetime) -> None:
    if key.minute_began is None or not timedelta() <= now - key.minute_began < MINUTE:
        key.minute_began, key.calls = now, 0
    if key.calls >= key.per_minute:
        raise TooMany(max(1, ceil((key.minute_began + MINUTE - now).total_seconds())))
    key.calls += 1
    key.last_used_at = now
    key.save(update_fields=["minute_began", "calls", "last_used_at"])


def _acts_as(agency: Agency) -> Viewer:
    """The agency's own system as a named viewer: it cannot sign in, and no row is open to it."""
    fields = {
        "name": f"{agency.name}’s system"[:200],
        "role": Role.SYSTEM.value,
        "reach": Reach.SCOPED.value,
        "agency": agency,
        "password": "!",
    }
    return Viewer.objects.get_or_create(email=f"api.{agency.key}@{SYSTEM_DOMAIN}", defaults=fields)[0]
