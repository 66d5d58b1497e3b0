"""What an email or a call tells the front door of a missing child is reported from the contact, in two clicks."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from kith.foundations.access.viewing import viewing_as
from kith.front_door.actions import NamedIn, Told, WhoGave, is_on_record, receive
from kith.front_door.models import Named
from kith.missing.models import Account
from tests.support.cast import Cast, make_person


@pytest.mark.django_db
def test_a_named_child_is_reported_missing_from_the_contact(client: Client, cast: Cast) -> None:
    child = make_person("Amara Osei")
    giver = WhoGave("professional", "Control room", agency_name="Severnmouth police", email="misper@police.example")
    named = (NamedIn("person", "child", "Amara Osei"),)
    told = Told("child", "Missing person MP/114099: not home since school.", giver, came_by="email", named=named)
    contact = receive(told=told, once=uuid4(), now=timezone.now()).contact_id
    with viewing_as(cast.farah):
        is_on_record(named_id=Named.objects.get().pk, subject_id=child.pk, by=cast.farah, now=timezone.now())
    client.force_login(cast.farah)
    address = f"/missing/report/{child.pk}"
    assert f'href="{address}"' in client.get(f"/front-door/{contact}/").content.decode()
    at = timezone.localtime(timezone.now() - timedelta(hours=3))
    day = {f"gone_on-{name}": str(getattr(at, name)) for name in ("day", "month", "year")}
    answers = {
        **day,
        "gone_time": f"{at:%H:%M}",
        "kind": "missing",
        "missing_from": "home",
        "number": "MP/114099",
        "circumstances": "Not home since school",
        "told_by": "Control room, Severnmouth police",
    }
    response = client.post(address, answers)
    assert response.status_code == 302, response.content.decode()[-3000:]
    account = Account.objects.get()
    assert (account.subject_id, account.number, account.told_by) == (
        child.pk,
        "MP/114099",
        "Control room, Severnmouth police",
    )
