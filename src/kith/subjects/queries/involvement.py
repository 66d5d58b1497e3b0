"""Who works with a subject, and whom to ring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection

from kith.subjects.models import Involvement


def involvements_of(subject_id: int) -> list[Involvement]:
    """Everybody who is or was involved, the lead first, then those present, then the newest."""
    rows = Involvement.objects.filter(subject_id=subject_id).select_related("agency")
    return sorted(rows, key=lambda row: (not row.is_lead, -(row.since or date.min).toordinal(), row.worker, row.pk))


def is_present(row: Involvement, today: date) -> bool:
    """Whether the involvement still stands: not ended by its source and not past its last day."""
    return row.ended_at is None and (row.until is None or row.until >= today)


def ring_list(rows: Iterable[Involvement], today: date) -> list[Involvement]:
    """Whom to ring, in order: the lead, then others present whose own or agency's number is known."""
    present = [row for row in rows if is_present(row, today)]
    return [row for row in present if row.phone or row.agency.phone or row.agency.out_of_hours]


def last_heard_by_agency(subject_id: int) -> dict[int, date]:
    """The day of each agency's latest entry on this record that the viewer may read, by agency id."""
    sql = """
        select e.agency_id, max(s.on) from chronology_entrysubject s join chronology_entry e on e.id = s.entry_id
        where s.subject_id = %s and e.agency_id is not null and e.ended_at is null group by e.agency_id
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [subject_id])
        rows: Sequence[tuple[int, date]] = cursor.fetchall()
    return dict(rows)
