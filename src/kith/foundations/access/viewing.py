"""Looking as somebody: the served role and the viewer are set for one transaction and no longer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpRequest

from kith.foundations.access.models import Viewer
from kith.foundations.access.row_security import SERVED_ROLE


@contextmanager
def viewing_as(viewer: Viewer | None) -> Iterator[None]:
    """Everything inside sees only the rows that exist for `viewer`; nobody signed in sees none.

    Nests: on leaving, whoever was looking before looks again.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select current_setting('role', true), current_setting('kith.viewer', true)")
            before = cursor.fetchone()
            _look(cursor, SERVED_ROLE, str(viewer.pk) if viewer else "")
        try:
            yield
        finally:
            if connection.in_atomic_block and not connection.needs_rollback:
                with connection.cursor() as cursor:
                    _look(cursor, before[0] or "none", before[1] or "")


def _look(cursor, role: str, viewer: str) -> None:  # type: ignore[no-untyped-def]
    cursor.execute("select set_config('role', %s, true), set_config('kith.viewer', %s, true)", [role, viewer])


def viewer_of(request: HttpRequest) -> Viewer:
    """Whoever is signed in; a page that needs somebody and finds nobody is refused."""
    if not isinstance(request.user, Viewer):
        raise PermissionDenied
    return request.user
