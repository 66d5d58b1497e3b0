"""One form is kept or sent by one request at a time."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from kith.foundations.access.models import Viewer


def one_at_a_time(viewer: Viewer, mark: UUID) -> None:
    """Until the transaction ends, nobody else keeps or sends this form: a late keeping must not bring back what was
    sent, and of two sendings at once the second finds the first.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"form {viewer.pk} {mark}"])
