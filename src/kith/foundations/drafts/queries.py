"""Questions about one's own unsent words. Row security shows nobody else's."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from kith.foundations.access.models import Viewer
from kith.foundations.drafts.models import Draft, SentForm


def unsent(viewer: Viewer) -> QuerySet[Draft]:
    """Everything a viewer typed and has not sent, the newest first."""
    return Draft.objects.filter(viewer=viewer).order_by("-kept_at", "-pk")


def unsent_at(viewer: Viewer, path: str, but: UUID) -> list[Draft]:
    """What was not sent from the form of this address, but for the one of this mark."""
    return list(unsent(viewer).filter(path=path).exclude(mark=but))


def draft_numbered(viewer: Viewer, number: str) -> Draft | None:
    """One of the viewer's own, by the number an address gave; None where there is none."""
    asked = number.isascii() and number.isdigit() and len(number) < 19
    return unsent(viewer).filter(pk=int(number)).first() if asked else None


def led_to(viewer: Viewer, sent_as: UUID) -> str | None:
    """Where this very form led when it was sent before; None where it was not."""
    return SentForm.objects.filter(viewer=viewer, sent_as=sent_as).values_list("led_to", flat=True).first()


def was_sent(viewer: Viewer, mark: UUID) -> bool:
    """Whether a form of this mark was accepted already, with these words or others."""
    return SentForm.objects.filter(viewer=viewer, mark=mark).exists()
