"""The demonstration's checks, hub and advice line: written once, by its own staff."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from kith.demo import cast
from kith.demo.front_door_checks import write_checks
from kith.demo.staffing import make_staff
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.front_door.actions import NamedIn, Told, WhoGave, receive
from kith.front_door.models import Check, CheckAnswer, Consultation, Presence
from kith.front_door.queries.advice import not_yet_seen

FEEDS = Path(cast.__file__).parent / "feeds"


@pytest.mark.django_db
def test_written_once_and_seen_by_those_whom_it_concerns() -> None:
    now = timezone.now()
    make_staff(feeds=FEEDS)
    for about, name in (
        ("child", "Amara Osei"),
        ("place", "The quay"),
        ("child", "Leo Whitcombe"),
        ("group", "Friends"),
    ):
        told = Told(about, "Seen by the quay.", WhoGave("public"), named=(NamedIn("person", "child", name),))
        receive(told=told, once=uuid4(), now=now)
    assert write_checks(now) > 20
    assert write_checks(now) == 0
    assert (Check.objects.count(), CheckAnswer.objects.count(), Consultation.objects.count()) == (8, 4, 4)
    farah, olu = (Viewer.objects.get(email=one.email) for one in (cast.FARAH, cast.OLU))
    with viewing_as(farah):
        assert (not_yet_seen(), Check.objects.count(), Presence.objects.count() > 20) == (1, 8, True)
    with viewing_as(olu):
        assert Check.objects.count() == 3
