"""Harm that the front door decided on is asked about where an absence is graded."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from kith.front_door.actions import Decided, NamedIn, Sharing, Told, WhoGave, decide, receive
from kith.front_door.models import Contact
from kith.missing.actions import Reported, report_missing
from kith.missing.queries.on_record import consider_high, to_consider
from tests.support.cast import NOW, Cast, make_person

pytestmark = pytest.mark.django_db


def test_what_the_front_door_decided_asks_to_consider_high(cast: Cast) -> None:
    amara = make_person("Amara Osei")
    told_missing = Reported(amara.pk, cast.police.pk, "missing", NOW - timedelta(hours=5))
    episode = report_missing(reported=told_missing, by=cast.raj, now=NOW)
    giver = WhoGave("public", name="Mrs Neighbour")
    told = Told("child", "Seen in a car", giver, named=(NamedIn("person", "child", "Amara Osei"),))
    contact = Contact.objects.get(pk=receive(told=told, once=uuid4(), now=NOW).contact_id)
    contact.named.update(subject=amara, settled_at=NOW)
    assert consider_high(episode) == []
    decided = Decided("no-action", "Known to us", Sharing(False, refused_because="None asked"), harms=["county-lines"])
    decide(contact_id=contact.pk, decided=decided, once=uuid4(), by=cast.farah, now=NOW)
    assert consider_high(episode) == ["Exploitation or trafficking is on record"]
    assert to_consider(episode).details[0].words == "County lines"
