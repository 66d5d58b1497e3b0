"""Letters that came by email and are nobody's contact."""

from __future__ import annotations

from django.db.models import QuerySet

from kith.front_door.models import MailKept


def letters_without_contact() -> QuerySet[MailKept]:
    """Newest first, without their content."""
    return MailKept.objects.exclude(problem="").defer("original").order_by("-kept_at", "-pk")


def letter_kept(pk: int) -> MailKept | None:
    """One letter as it came, where it exists for whoever looks."""
    return MailKept.objects.filter(pk=pk).first()
