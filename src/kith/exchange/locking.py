"""One thing at a time of what an agency's system tells."""

from __future__ import annotations

from django.db import connection

from kith.foundations.access.models import Viewer


def one_at_a_time(system: Viewer) -> None:
    """Until the transaction ends nothing else is taken of this agency's system."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"api:{system.pk}"])
