"""Reading who gave a report: by those who keep sources, with a reason, each time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kith.foundations.access.models import Viewer
from kith.foundations.audit.actions import record
from kith.intelligence.models import Source
from kith.intelligence.permissions import check_can_grade


@transaction.atomic
def open_source(*, number: str, because: str, by: Viewer, now: datetime) -> Source:
    """The source of a report; that it was read, and why, is on the record. Raises Source.DoesNotExist for others."""
    check_can_grade(by)
    source = Source.objects.get(number=number)
    record(viewer=by, action="read-source", what=f"Read the source of {number}", because=because, now=now)
    return source
