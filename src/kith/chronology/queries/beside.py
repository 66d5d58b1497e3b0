"""What stands beside the lines on a page: whom else they are about, disputes, earlier versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection

from kith.chronology.models import Dispute, EntrySubject


@dataclass(frozen=True)
class Other:
    """Somebody else an entry is about. Without a subject: how many the viewer may not see, of what kind."""

    kind: str
    name: str = ""
    subject_id: int | None = None
    count: int = 1


@dataclass(frozen=True)
class Version:
    """An entry as it read before it was superseded."""

    summary: str
    on: date
    recorded_at: datetime


@dataclass
class Beside:
    """What stands beside one entry."""

    others: list[Other] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    earlier: list[Version] = field(default_factory=list)


def beside(entry_ids: Sequence[int], subject_id: int) -> dict[int, Beside]:
    """What stands beside each entry on this subject's page. Four queries however many entries."""
    found: dict[int, Beside] = defaultdict(Beside)
    if not entry_ids:
        return found
    for other_entry, other in [*_others_seen(entry_ids, subject_id), *_others_counted(entry_ids)]:
        found[other_entry].others.append(other)
    for dispute in Dispute.objects.filter(entry_id__in=entry_ids).order_by("at"):
        found[dispute.entry_id].disputes.append(dispute)
    for entry_id, version in _earlier(entry_ids):
        found[entry_id].earlier.append(version)
    return found


def _others_seen(entry_ids: Sequence[int], subject_id: int) -> list[tuple[int, Other]]:
    rows = EntrySubject.objects.filter(entry_id__in=entry_ids).exclude(subject_id=subject_id)
    seen = rows.values_list("entry_id", "subject_id", "subject__kind", "subject__name").distinct()
    ordered = seen.order_by("subject__kind", "subject__name")
    return [(entry, Other(kind, name, subject)) for entry, subject, kind, name in ordered if kind]


def _others_counted(entry_ids: Sequence[int]) -> list[tuple[int, Other]]:
    with connection.cursor() as cursor:
        cursor.execute("select entry_id, kind, others from kith_others_about(%s) order by kind", [list(entry_ids)])
        return [(entry, Other(kind, count=count)) for entry, kind, count in cursor.fetchall()]


def _earlier(entry_ids: Sequence[int]) -> list[tuple[int, Version]]:
    sql = """
        with recursive chain as (
          select e.superseded_by_id as standing, e.id, e.summary, e.on, e.recorded_at
          from chronology_entry e where e.superseded_by_id = any(%s)
          union all
          select c.standing, e.id, e.summary, e.on, e.recorded_at
          from chronology_entry e join chain c on e.superseded_by_id = c.id
        )
        select standing, summary, "on", recorded_at from chain order by recorded_at desc, id desc
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(entry_ids)])
        return [(standing, Version(*rest)) for standing, *rest in cursor.fetchall()]
