"""Small factories for tests of linking: numbers in agencies' systems, and what their feeds say of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from kith.chronology.models import Entry, EntrySubject
from kith.foundations.access.actions import system_viewer
from kith.linkage.models import Delivery, SourceRecord
from kith.subjects.models import Involvement, LinkEvidence, Reference
from tests.support.cast import NOW


def make_delivery(feed: str = "school-roll", **fields: Any) -> Delivery:
    """A file that arrived and was loaded."""
    number = Delivery.objects.count()
    given = {
        "feed": feed,
        "file_name": f"{feed}.csv",
        "sha256": f"{number:064d}",
        "bytes": 1,
        "received_at": NOW,
    }
    return Delivery.objects.create(brought_by=system_viewer("loader"), state="people", **given | fields)


def make_reference(system: str, key: str, now: datetime = NOW) -> Reference:
    """A number in an agency's system, not linked yet."""
    return Reference.objects.get_or_create(system=system, key=key, defaults={"first_seen": now})[0]


def says(
    system: str,
    key: str,
    feed: str = "",
    *,
    stated_on: date | None = date(2026, 10, 1),
    is_child: bool = True,
    delivery: Delivery | None = None,
    **facts: str,
) -> Reference:
    """What one feed of a system says about one of its numbers; said again, it replaces what was said
    before.
    """
    feed = feed or f"{system}-feed"
    reference = make_reference(system, key)
    delivery = delivery or Delivery.objects.filter(feed=feed).first() or make_delivery(feed)
    fresh = {
        "delivery": delivery,
        "row": 2,
        "facts": facts,
        "stated_on": stated_on,
        "is_child": is_child,
        "fingerprint": str(abs(hash(tuple(sorted(facts.items())))))[:32],
        "first_seen": NOW,
        "last_seen": NOW,
    }
    SourceRecord.objects.update_or_create(feed=feed, reference=reference, defaults=fresh)
    return reference


def entry_about(*references: Reference, summary: str = "Seen at the park", scope_id: int | None = None) -> Entry:
    """An entry from a feed, about people known by their numbers."""
    entry = Entry.objects.create(feed="police-log", kind="note", on=date(2026, 11, 1), summary=summary, recorded_at=NOW)
    for reference in references:
        reference.refresh_from_db()
        EntrySubject.objects.create(
            entry=entry,
            subject_id=reference.subject_id,
            scope_id=scope_id or reference.scope_id,
            reference=reference,
            on=entry.on,
        )
    return entry


def link_between(one: Reference, other: Reference, kind: str = "sibling") -> None:
    """Evidence from a feed that two people are linked, one row for each side's circle."""
    for side, opposite, outward in ((one, other, True), (other, one, False)):
        side.refresh_from_db()
        opposite.refresh_from_db()
        LinkEvidence.objects.create(
            feed="school-roll",
            subject_id=side.subject_id,
            other_id=opposite.subject_id,
            scope_id=side.scope_id,
            reference=side,
            other_reference=opposite,
            kind=kind,
            outward=outward,
            other_name="Somebody",
            text="On the roll",
            grade="recorded",
            recorded_at=NOW,
        )


def works_with(reference: Reference, agency: Any, worker_key: str, **fields: Any) -> Involvement:
    """A feed says that somebody works with the person of this number."""
    reference.refresh_from_db()
    given = {
        "role": "Social worker",
        "is_lead": True,
        "since": date(2026, 5, 3),
        "feed": "council-involvements",
    }
    return Involvement.objects.create(
        subject_id=reference.subject_id,
        scope_id=reference.scope_id,
        reference=reference,
        agency=agency,
        worker_key=worker_key,
        worker="Asha Rahman",
        recorded_at=NOW,
        **given | fields,
    )
