"""The first administrator of a new installation, whom nobody can have added on a page."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Agency, Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.rules import Role
from kith.foundations.audit.actions import record


@transaction.atomic
def add_first_administrator(*, email: str, name: str, now: datetime) -> Viewer:
    """Add them to the partnership's own agency, on the record. Raises NotAllowed once an installation has one."""
    if Viewer.objects.filter(role=Role.ADMINISTRATOR.value, is_active=True).exists():
        raise NotAllowed("There is an administrator already: they add everybody else on the page “Staff”.")
    agency, _ = Agency.objects.get_or_create(
        key="partnership", defaults={"name": settings.PARTNERSHIP.full_name, "kind": "partnership"}
    )
    added = Viewer.objects.create_user(email, name=name, role=Role.ADMINISTRATOR.value, agency=agency)
    by = system_viewer("setup")
    record(viewer=by, action="add-staff", what=f"Added {name}, the first administrator", now=now)
    return added
