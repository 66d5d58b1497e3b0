"""A decision at the front door on what was planted, undone again."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from kith.foundations.access.viewing import viewing_as
from kith.front_door.actions import Decided, Sharing, decide, undo
from kith.front_door.models import Named
from tests.support.cast import Cast


def plant_decision(cast: Cast, contact_id: int) -> dict[str, Any]:
    """Farah decided and undid that, so that the contact waits and its decision can be read."""
    given: dict[str, Any] = {"by": cast.farah, "now": timezone.now()}
    decided = Decided("no-action", "Nothing to do", Sharing(shared=False, refused_because="Nothing to share"))
    with viewing_as(cast.farah):
        decision = decide(contact_id=contact_id, decided=decided, once=uuid4(), **given)
        undo(decision_id=decision.pk, because="Too soon", **given)
    meant = Named.objects.get(contact_id=contact_id, kind="person")
    return {"meant_id": meant.pk, "decision_id": decision.pk}
