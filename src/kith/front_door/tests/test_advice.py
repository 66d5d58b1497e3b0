"""The advice line: nobody need be named, one form is one consultation, a manager signs, and what comes of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.letters.models import Letter
from kith.front_door.actions.advice import Consulted, log_consultation, oversee, rung_back
from kith.front_door.forms.advice import ConsultationForm
from kith.front_door.models import Consultation, Contact
from kith.front_door.queries.advice import AdviceFilter, advice_volumes, consultations
from tests.support.cast import NOW, Cast

pytestmark = pytest.mark.django_db
PLAIN = Consulted("unnamed", "Sam Tully", "A boy has new trainers.", "Talk with him.", "advice",
                  caller_agency="Harbour View")  # fmt: skip
FORM = {"caller_name": "Sam Tully", "mode": "unnamed", "asked": "A boy has new trainers.", "advice": "Talk with him.",
        "follows": "advice", "letter": "no"}  # fmt: skip


def log(cast: Cast, once: Any = None, **given: Any) -> Consultation:
    words = {**vars(PLAIN), **given}
    with viewing_as(cast.farah):
        return log_consultation(consulted=Consulted(**words), once=once or uuid4(), by=cast.farah, now=NOW)


def test_one_form_is_one_consultation_and_the_front_door_alone_sees_it(cast: Cast) -> None:
    once = uuid4()
    assert log(cast, once).pk == log(cast, once).pk
    for viewer in cast.everybody():
        with viewing_as(viewer):
            assert Consultation.objects.count() == (viewer == cast.farah)


def test_where_nobody_is_named_no_name_is_kept(cast: Cast) -> None:
    assert log(cast, child_name="Amara Osei").child_name == ""
    assert "child_name" in ConsultationForm({**FORM, "child_name": "Amara"}, agencies=[], today=NOW.date()).errors
    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.update(child_name="Amara Osei")


def test_a_request_for_support_is_a_contact(cast: Cast) -> None:
    once = uuid4()
    for _ in range(2):
        row = log(cast, once, mode="named", child_name="Amara Osei", follows="request")
    contact = Contact.objects.get()
    assert row.contact == contact
    assert (contact.came_by, contact.giver.name, contact.named.get().name) == ("phone", "Sam Tully", "Amara Osei")


def test_a_ring_back_has_a_day_and_a_clock(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        log(cast, follows="ring-back")
    row = log(cast, follows="ring-back", ring_back_on=NOW.date() + timedelta(days=1))
    assert row.ring_back_by.hour == 17
    waiting = AdviceFilter(only="ring-back")
    with viewing_as(cast.farah):
        assert [one.pk for one in consultations(waiting, cast.farah.pk)] == [row.pk]
        rung_back(consultation_id=row.pk, note="She will ring again.", by=cast.farah, now=NOW)
        assert not consultations(waiting, cast.farah.pk).exists()
        with pytest.raises(NotAllowed):
            rung_back(consultation_id=row.pk, note="Again", by=cast.farah, now=NOW)


def test_the_letter_carries_the_advice_and_no_name(cast: Cast) -> None:
    log(cast, mode="named", child_name="Amara Osei", letter=True, caller_email="sam@school.example")
    letter = Letter.objects.get()
    assert "Talk with him." in letter.body
    assert "Amara" not in letter.body + letter.subject


def test_a_manager_signs_once_what_somebody_else_advised(cast: Cast) -> None:
    cast.hana.teams.add(cast.front_door)
    row = log(cast)
    with viewing_as(cast.farah), pytest.raises(NotAllowed):
        oversee(consultation_id=row.pk, comment="Good", by=cast.farah, now=NOW)
    with viewing_as(cast.hana):
        oversee(consultation_id=row.pk, comment="Good", by=cast.hana, now=NOW)
        with pytest.raises(NotAllowed):
            oversee(consultation_id=row.pk, comment="Better", by=cast.hana, now=NOW)
        own = log_consultation(consulted=PLAIN, once=uuid4(), by=cast.hana, now=NOW)
        with pytest.raises(NotAllowed):
            oversee(consultation_id=own.pk, comment="Mine", by=cast.hana, now=NOW)
        assert [one.pk for one in consultations(AdviceFilter(only="unseen"), cast.hana.pk)] == [own.pk]


def test_found_by_words_and_counted_by_month_and_agency(cast: Cast) -> None:
    log(cast)
    log(cast, asked="Two girls are missing lessons", caller_agency="Police")
    with viewing_as(cast.farah):
        found = consultations(AdviceFilter(words="missed lesson"), cast.farah.pk)
        assert [one.caller_agency for one in found] == ["Police"]
        assert consultations(AdviceFilter(words="sam tul"), cast.farah.pk).count() == 2
        assert consultations(AdviceFilter(agency="Police", first=NOW.date(), last=NOW.date()), 0).count() == 1
        assert [(who, number) for _, who, number in advice_volumes()] == [("Harbour View", 1), ("Police", 1)]


def test_somebody_outside_the_team_logs_nothing(cast: Cast) -> None:
    with viewing_as(cast.hana), pytest.raises(NotAllowed):
        log_consultation(consulted=PLAIN, once=uuid4(), by=cast.hana, now=NOW)


@time_machine.travel(NOW, tick=False)
def test_its_pages(client: Client, cast: Cast) -> None:
    cast.hana.teams.add(cast.front_door)
    client.force_login(cast.farah)
    once = uuid4()
    sent = [client.post(reverse("advice-new"), {**FORM, "once": once}) for _ in range(2)]
    assert [one.status_code for one in sent] == [302, 302], sent[0].content.decode()[-4000:]
    assert Consultation.objects.count() == 1
    wrong = client.post(reverse("advice-new"), {**FORM, "follows": "ring-back", "letter": "yes", "once": uuid4()})
    assert "Enter the day on which" in wrong.content.decode()
    assert "Enter the address to send" in wrong.content.decode()
    listed = client.get(reverse("advice") + "?words=trainers&only=unseen").content.decode()
    assert "1 consultation no manager has signed" in listed
    client.force_login(cast.hana)
    address = reverse("consultation", args=[Consultation.objects.get().pk])
    assert "Nobody was named" in client.get(address).content.decode()
    assert client.post(address, {"do": "oversee", "comment": "Right.", "once": uuid4()}).status_code == 302
    assert "Hana Yilmaz" in client.get(address).content.decode()
