"""Pages behind a private link: a code first, one thing once, the same page for whatever cannot be used."""

import re
from datetime import timedelta
from importlib.resources import files

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kith.doors.forms.private import ASKED, PULL, PUSH, ChildForm, ParentForm
from kith.doors.reading import reading_age
from kith.foundations.letters.models import Letter
from kith.foundations.private_links.actions import To, make_link
from kith.foundations.private_links.models import PrivateLink
from kith.missing.actions.follow_ups import Asking, plan_follow_up
from kith.missing.models import FollowUp, Said
from kith.missing.rules.codes import listed
from kith.missing.tests.back import conversation_of, make_amara, was_missing
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db
EMAIL = "parent@home.example"


@pytest.fixture
def asked(cast: Cast) -> FollowUp:
    conversation = conversation_of(was_missing(cast, make_amara(cast)))
    asking = Asking("Grace Osei", "mother", email=EMAIL)
    return plan_follow_up(conversation_id=conversation.pk, asking=asking, by=cast.quinn, now=timezone.now())


def link(asked: FollowUp, purpose: str = "parent", to: To | None = None, **more: object) -> str:
    about = {"parent": f"follow-up:{asked.pk}", "reply": f"follow-up:{asked.pk}"}
    known = asked.episode.covered.conversation.pk
    given = {"about": about.get(purpose, f"conversation:{known}"), "scope": asked.talkers, "now": timezone.now()}
    return make_link(purpose=purpose, to=to if to is not None else To(email=EMAIL), **given | more)  # type: ignore[arg-type]


def through_the_code(client: Client, secret: str) -> str:
    address = reverse("private", args=[secret])
    client.post(address, {"do": "code"})
    found = re.search("⟦(.*?)⟧", Letter.objects.latest("pk").body)
    assert found
    assert client.post(address, {"do": "confirm", "code": found[1]}).status_code == 303
    return address


def test_a_parent_tells_what_they_noticed_once(asked: FollowUp) -> None:
    client, secret = Client(), link(asked)
    first = client.get(reverse("private", args=[secret])).content.decode()
    assert "noticed" not in first
    address = through_the_code(client, secret)
    page = client.get(address)
    assert "Have you noticed anything?" in page.content.decode()
    assert not re.search("Amara|Osei|Grace", page.content.decode())
    assert page["Cache-Control"] == "no-store"
    given = {"do": "send", "noticed": ["cars", "phone"], "words": "A blue van", "wants_reply": "yes"}
    assert client.post(address, given | {"kept_from_child": "on"}).status_code == 302
    asked.refresh_from_db()
    assert (asked.noticed, asked.noticed_words, asked.kept_from_child) == (["cars", "phone"], "A blue van", True)
    assert "Thank you" in client.get(address).content.decode()
    again = Client().get(address)
    assert again.status_code == 404
    assert "cannot be used" in again.content.decode()


def test_nothing_told_is_nothing_sent(asked: FollowUp) -> None:
    client, secret = Client(), link(asked)
    address = through_the_code(client, secret)
    empty = client.post(address, {"do": "send", "wants_reply": "no"})
    assert empty.status_code == 422
    assert "Tick or write something" in empty.content.decode()


def test_without_the_code_nothing_can_be_sent(asked: FollowUp) -> None:
    given = {"do": "send", "noticed": ["cars"], "wants_reply": "no"}
    Client().post(reverse("private", args=[link(asked)]), given)
    asked.refresh_from_db()
    assert asked.answered_at is None


def same_page(secret: str) -> tuple[int, str]:
    answer = Client().get(reverse("private", args=[secret]))
    return answer.status_code, re.sub(r'value="[^"]{60,}"', "", answer.content.decode())


def test_unknown_used_ended_and_expired_look_the_same(asked: FollowUp) -> None:
    unknown = same_page("a-guess-that-somebody-makes")
    secret = link(asked)
    for change in (
        {"used_at": timezone.now()},
        {"used_at": None, "ended_at": timezone.now()},
        {"ended_at": None, "expires_at": timezone.now() - timedelta(seconds=1)},
    ):
        PrivateLink.objects.update(**change)
        assert same_page(secret) == unknown
    assert unknown[0] == 404


def test_whoever_guesses_is_told_to_wait(asked: FollowUp) -> None:
    answers = [Client().get(reverse("private", args=[f"guess-{number}"])).status_code for number in range(12)]
    assert answers[0] == 404
    assert answers[-1] == 429
    works = Client().get(reverse("private", args=[link(asked)]))
    assert works.status_code == 200  # a link that works is not refused for what others guess


def test_a_child_types_letters_and_tells_it_alone(asked: FollowUp) -> None:
    client, secret = Client(), link(asked, "child", To())
    led = client.post(reverse("private-letters"), {"letters": secret.lower().replace("-", " ")})
    assert led["Location"] == reverse("private", args=[secret])
    page = client.get(led["Location"]).content.decode()
    assert not re.search("Amara|Osei", page)
    given = {"do": "send", "own_words": "I was with Jay", "pull": ["friends"], "agreed_police": "some"}
    client.post(led["Location"], given)
    said = Said.objects.get()
    assert (said.own_words, said.by_child) == ("I was with Jay", True)
    answers = dict(said.consents.values_list("recipient", "answer"))
    assert answers == {"police": "some", "worker": "none", "parent": "none", "school": "none", "health": "none"}
    assert "Childline" in client.get(led["Location"]).content.decode()
    assert client.get(reverse("private", args=[link(asked)])).status_code == 200


def test_a_message_is_read_and_the_link_ends(asked: FollowUp) -> None:
    FollowUp.objects.update(reply="We look into the van")
    client, secret = Client(), link(asked, "reply")
    address = through_the_code(client, secret)
    assert "We look into the van" in client.get(address).content.decode()
    client.post(address, {"do": "send"})
    assert "van" not in client.get(address).content.decode()
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("page", ["child", "parent", "private_code", "private_letters", "private_gone"])
def test_the_pages_can_be_read_at_nine(page: str) -> None:
    text = (files("kith.doors") / "jinja2" / "doors" / f"{page}.jinja").read_text(encoding="utf-8")
    words = re.sub(r"\{[%#].*?[%#]\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL)
    lines = [re.sub(r"<[^>]*>", " ", line).strip() for line in words.splitlines()]
    questions = []
    if page in {"child", "parent"}:
        form = ChildForm() if page == "child" else ParentForm()
        questions = [str(field.label) + "." for field in form.fields.values()]
        questions += [str(field.help_text) for field in form.fields.values() if field.help_text]
    told = "\n".join(line for line in [*lines, *questions] if line)
    assert reading_age(told) <= 9


def test_the_child_is_asked_about_everybody_whom_it_may_go_to() -> None:
    assert [key for key, _ in ASKED] == [one.key for one in listed("recipients")]


def test_what_a_child_ticks_are_the_codes_that_everybody_uses() -> None:
    assert [key for key, _ in PUSH] == [one.key for one in listed("push")]
    assert [key for key, _ in PULL] == [one.key for one in listed("pull")]
