"""Somebody whom no agency's file has told of yet: a record begun from what a worker was told.

They arrive as people in a delivery do, with a number of their own and what is said under it, so that the next linking
compares them with everybody else and one record comes of two where it should.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import uuid4

from django.db import connection, transaction
from django.utils import timezone

from kith.foundations.access.actions import partnership_scope, system_viewer
from kith.foundations.access.models import Scope, Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.linkage.models import Delivery, SourceRecord
from kith.linkage.settling.feed_words import FRONT_DOOR
from kith.linkage.settling.headlines import refresh_headlines
from kith.linkage.settling.identity import refresh_identities
from kith.linkage.settling.searching import refresh_search
from kith.subjects.models import Reference, Subject
from kith.subjects.permissions import check_can_write

FEED, SYSTEM = FRONT_DOOR.feed, "kith/front-door"


@dataclass(frozen=True)
class Newcomer:
    """What is known of somebody: `facts` are our fields (first_name, date_of_birth as ISO text …)."""

    facts: Mapping[str, str]
    is_child: bool
    told_in: str  # such as "Contact K7M-4PQ-2XD", kept as the delivery's name


@transaction.atomic
def begin_person(*, newcomer: Newcomer, by: Viewer, now: datetime) -> int:
    """A record for somebody new, findable at once; its circle is empty. Answers the subject's number."""
    check_can_write(by)
    with viewing_as(system_viewer("loader")), connection.cursor() as cursor:
        scope = Scope.objects.create(kind="circle")
        subject = Subject.objects.create(kind="person", name="", scope=scope, created_at=now)
        _said(newcomer, subject, by, now)
        refresh_identities(cursor, [subject.pk], now=now)
        refresh_headlines(cursor, [subject.pk], scope=partnership_scope().pk, today=timezone.localdate(now))
        refresh_search(cursor, [subject.pk])
    what = f"Began a record: {newcomer.told_in}"
    record(viewer=by, action="begin-record", subjects=[subject.pk], what=what, now=now)
    return subject.pk


@transaction.atomic
def take_back_person(*, subject_id: int, because: str, by: Viewer, now: datetime) -> None:
    """Ends what a worker said of somebody, because that was undone: no headline, nothing to find. It is kept."""
    with viewing_as(system_viewer("loader")), connection.cursor() as cursor:
        SourceRecord.objects.filter(reference__subject_id=subject_id, feed=FEED).update(ended_at=now)
        others = SourceRecord.objects.filter(reference__subject_id=subject_id, ended_at=None)
        if not others.exists():
            Subject.objects.get(pk=subject_id).headline.delete()
            refresh_search(cursor, [subject_id])
    record(viewer=by, action="take-back-record", subjects=[subject_id], what=because[:300], now=now)


def _said(newcomer: Newcomer, subject: Subject, by: Viewer, now: datetime) -> None:
    facts = {name: value.strip() for name, value in newcomer.facts.items() if value and value.strip()}
    key = uuid4().hex
    reference = Reference.objects.create(
        system=SYSTEM, key=key, kind="person", subject=subject, scope=subject.scope, first_seen=now
    )
    delivery = Delivery.objects.create(
        feed=FEED,
        file_name=newcomer.told_in[:300],
        sha256=sha256(key.encode()).hexdigest(),
        bytes=0,
        received_at=now,
        as_at=timezone.localdate(now),
        state="loaded",
        rows_read=1,
        rows_loaded=1,
        finished_at=now,
        brought_by=by,
    )
    SourceRecord.objects.create(
        reference=reference,
        scope=subject.scope,
        feed=FEED,
        delivery=delivery,
        row=1,
        facts=facts,
        stated_on=timezone.localdate(now),
        fingerprint=sha256(repr(sorted(facts.items())).encode()).hexdigest()[:32],
        first_seen=now,
        last_seen=now,
        is_child=newcomer.is_child,
    )
