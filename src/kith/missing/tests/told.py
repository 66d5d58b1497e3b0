"""What a load leaves of a missing child."""

from __future__ import annotations

from datetime import date
from typing import Any

from kith.chronology.models import Entry, EntrySubject
from kith.foundations.access.models import Agency
from kith.subjects.models import Subject
from tests.support.cast import NOW

DAY = date(2026, 11, 1)


def told(
    child: Subject, agency: Agency, key: str, kind: str = "missing-episode", on: date = DAY, **fields: Any
) -> Entry:
    """An entry as a load leaves it."""
    words = {"details": {}, "recorded_at": NOW, "feed": f"of {agency.key}", "summary": "Told"} | fields
    old = Entry.objects.filter(feed=words["feed"], feed_key=f"{kind}:{key}", superseded_by=None).first()
    entry = Entry.objects.create(kind=kind, on=on, agency=agency, feed_key=f"{kind}:{key}", **words)
    EntrySubject.objects.create(entry=entry, subject=child, scope_id=child.scope_id, part="child", on=on)
    if old:
        Entry.objects.filter(pk=old.pk).update(superseded_by=entry)
    return entry
