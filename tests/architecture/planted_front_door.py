"""A contact at the front door, whose every word can be recognised."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from kith.foundations.access.viewing import viewing_as
from kith.front_door.actions import Decided, NamedIn, Sharing, Told, WhoGave, decide, receive, undo
from kith.front_door.models import Named
from tests.support.cast import Cast

TOLD, GIVER, MEANT = "Saffronwhistle", "Larkspurgiver", "Periwinklejack"
FRONT_DOOR_WORDS = (TOLD, GIVER, MEANT)


def plant_front_door(cast: Cast) -> dict[str, Any]:
    """Somebody told the front door; Farah decided and undid that, so that it waits."""
    now = timezone.now()
    told = Told(
        "child",
        f"{TOLD} was heard at the gate",
        WhoGave("professional", name=GIVER, email=f"{GIVER.lower()}@harbour-view.example"),
        named=(NamedIn("person", "child", MEANT, {"age": "14"}),),
        where={"name": f"{TOLD} Lane"},
    )
    receipt = receive(told=told, once=uuid4(), now=now)
    decided = Decided("no-action", f"{TOLD} is known", Sharing(shared=False, refused_because="Nothing to share"))
    given: dict[str, Any] = {"by": cast.farah, "now": now}
    with viewing_as(cast.farah):
        decision = decide(contact_id=receipt.contact_id, decided=decided, once=uuid4(), **given)
        undo(decision_id=decision.pk, because="Too soon", **given)
    meant = Named.objects.get(contact_id=receipt.contact_id, kind="person")
    return {"contact_id": receipt.contact_id, "meant_id": meant.pk, "decision_id": decision.pk}
