"""What a decision must say before it can be made."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.utils import timezone

from kith.front_door.actions import NamedIn, Told, WhoGave, is_on_record, needs_no_record, receive
from kith.front_door.forms.decision import DecisionForm, ReplyForm
from kith.front_door.models import Contact
from kith.front_door.queries.queue import teams_to_choose
from tests.support.cast import Cast, make_person

pytestmark = pytest.mark.django_db
GIVER = WhoGave("public")
SHARED = {"shared": "yes", "bases": ["6-1-e"], "rationale": "Told twice in a week"}


@pytest.fixture
def contact(cast: Cast) -> Contact:
    told = Told("child", "Told", GIVER, named=(NamedIn("person", "child", "Amara Osei"),))
    return Contact.objects.get(pk=receive(told=told, once=uuid4(), now=timezone.now()).contact_id)


def settled(contact: Contact, cast: Cast) -> str:
    named = contact.named.get()
    is_on_record(named_id=named.pk, subject_id=make_person().pk, by=cast.farah, now=timezone.now())
    return f"result-{named.pk}"


def form(contact: Contact, **answers: Any) -> DecisionForm:
    given = QueryDict(mutable=True)
    for name, value in answers.items():
        given.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return DecisionForm(given, named=list(contact.named.select_related("subject")), teams=teams_to_choose())


def wrong_with(contact: Contact, **answers: Any) -> dict[str, list[str]]:
    return {name: list(errors) for name, errors in form(contact, **answers).errors.items()}


def test_to_act_on_it_everybody_named_must_be_known(contact: Contact) -> None:
    said = wrong_with(contact, verdict="act", harms=["missing"], **SHARED)
    assert said["__all__"] == ["Say first who or where is meant: Amara Osei"]


def test_to_act_on_it_is_to_open_something(contact: Contact, cast: Cast) -> None:
    result = settled(contact, cast)
    answers = {**SHARED, "verdict": "act", "harms": ["missing"], "on_record": "Seen", result: "information"}
    assert set(wrong_with(contact, **answers)) == {"verdict"}
    assert wrong_with(contact, **{**answers, result: "early-help"}) == {}


def test_what_kind_of_harm_it_may_be_is_said_whenever_it_is_acted_on(contact: Contact, cast: Cast) -> None:
    answers = {**SHARED, "verdict": "act", "on_record": "Seen", settled(contact, cast): "early-help"}
    assert set(wrong_with(contact, **answers)) == {"harms"}
    assert form(contact, **answers, harms=["not-sure"]).is_valid()


def test_a_referral_has_its_source(contact: Contact, cast: Cast) -> None:
    answers = {**SHARED, "verdict": "act", "harms": ["missing"], "on_record": "Seen"}
    answers |= {settled(contact, cast): "assessment"}
    assert set(wrong_with(contact, **answers)) == {"referral_source"}
    assert form(contact, **answers, referral_source="2A").is_valid()


def test_why_it_is_not_shared_and_why_the_family_does_not_know_are_kept(contact: Contact) -> None:
    said = wrong_with(contact, verdict="no-action", rationale="Known", shared="no", family_informed="no")
    assert set(said) == {"refused_because", "why_not_informed"}


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [(["none"], ()), (["not-asked"], None), ([], None), (["poverty", "in-care"], ("poverty", "in-care"))],
)
def test_none_of_these_is_not_the_same_as_not_yet_asked(
    contact: Contact, chosen: list[str], kept: tuple[str, ...] | None
) -> None:
    asked = form(contact, verdict="no-action", factors=chosen, level="universal", **SHARED)
    assert asked.is_valid(), asked.errors
    assert (asked.decided().factors, asked.decided().level) == (kept, "universal")


def test_none_of_these_stands_alone(contact: Contact) -> None:
    assert set(wrong_with(contact, verdict="no-action", factors=["none", "poverty"], **SHARED)) == {"factors"}


def test_whoever_needs_no_record_is_asked_nothing_more(contact: Contact, cast: Cast) -> None:
    needs_no_record(named_id=contact.named.get().pk, by=cast.farah, now=timezone.now())
    asked = form(contact, verdict="information", **SHARED)
    assert asked.is_valid(), asked.errors
    assert asked.decided().follows == ()


@pytest.mark.parametrize(("text", "names", "fits"), [
    ("We have spoken with the family and are helping.", ["Amara Osei"], True),
    ("Amara has a worker now.", ["Amara Osei"], False),
])  # fmt: skip
def test_a_reply_names_nobody(text: str, names: list[str], fits: bool) -> None:
    form = ReplyForm({"text": text}, names=names)
    assert form.is_valid() is fits
    assert fits or "Leave “Amara” out" in form.errors["text"][0]
