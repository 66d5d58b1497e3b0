"""What there was before, beside a contact: twelve months of entries, open work, earlier contacts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kith.chronology.kinds import kind
from kith.chronology.models import EntrySubject
from kith.foundations.design_system import words
from kith.front_door.models import Named
from kith.pathways.models import Work
from kith.pathways.rules import pathways

MOST = 12


@dataclass(frozen=True)
class Before:
    """Lines of one kind each: (when, what, subject number)."""

    entries: tuple[tuple[str, str, int], ...]
    more: int
    contacts: tuple[tuple[str, str, int], ...]
    work: tuple[tuple[str, str, int], ...]


def show_before(
    entries: Iterable[EntrySubject], contacts: Iterable[Named], work: Iterable[Work], now: datetime
) -> Before:
    """As the page tells it: the newest first; the same entry on two records once."""
    rows = {row.entry_id: row for row in entries}
    lines = [(words.short_day(row.on), _told(row), row.subject_id) for row in rows.values()]
    return Before(
        entries=tuple(lines[:MOST]),
        more=max(0, len(lines) - MOST),
        contacts=tuple(
            (words.short_day(one.contact.received_at), one.contact.reference, one.contact_id) for one in contacts
        ),
        work=tuple((words.short_day(one.opened_at), _work(one), one.subject_id) for one in work),
    )


def _told(row: EntrySubject) -> str:
    agency = f" ({row.entry.agency.name})" if row.entry.agency else ""
    text = " ".join(row.entry.summary.split())
    return f"{kind(row.entry.kind).title}{agency}: {text if len(text) < 120 else text[:118] + ' …'}"


def _work(one: Work) -> str:
    path = pathways()[one.pathway]
    return f"{path.title}, {path.state(one.state).title.lower()}, {one.team.name}"
