"""Which absences go on."""

from __future__ import annotations

from django.db.models import Q


def open_episodes() -> Q:
    """Those whose child is not back."""
    return Q(back_at=None, not_missing_because="")
