"""Checks: what an agency sees and nobody else, what is sent and what never, links, codes, chasing and withdrawing."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from kith.foundations.access.models import Agency, Team, Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.foundations.letters.actions import send_letter
from kith.foundations.letters.models import Letter
from kith.front_door.actions import NamedIn, Told, WhoGave, receive
from kith.front_door.actions.answering import NoSuchLink, TooOften, answer, confirm_code, open_link, send_code
from kith.front_door.actions.checks import Asked, ask, chase, remind, withdraw
from kith.front_door.checking import band
from kith.front_door.forms.checks import AnswerForm, AskForm
from kith.front_door.models import Check, CheckAnswer, CheckLink, Contact, Named
from kith.front_door.queries.checks import agencies_to_ask, known_to_work_with, named_in
from kith.front_door.tasks import remind_agencies
from kith.subjects.models import Headline
from tests.support.cast import NOW, Cast, make_person, make_viewer

pytestmark = pytest.mark.django_db
CHILD = {"born": "2011-04-03", "address": "3 Elm Road", "postcode": "BS1 1AA", "school": "Harbour View"}
ANSWER = {
    "knows": "known", "known": "She is in year 10 and is rarely late.", "dates": "", "works_with": "", "worries": "",
    "strengths": "She comes every day.", "source": "record", "may_share": "professionals", "conditions": "",
    "name": "Carol Price", "role": "Designated safeguarding lead", "phone": "01632 960103",
}  # fmt: skip


@pytest.fixture
def police() -> Agency:
    return Agency.objects.create(key="police", name="Avon Police", kind="police", email="mash@police.example")


@pytest.fixture
def contact(cast: Cast) -> Contact:
    return told()


def told() -> Contact:
    giver = WhoGave("public", name="Mrs Neighbour", email="neighbour@mail.example")
    named = (NamedIn("person", "child", "Zephyrine Quill", CHILD),)
    receipt = receive(told=Told("child", "Older men wait by the gate.", giver, named=named), once=uuid4(), now=NOW)
    return Contact.objects.get(pk=receipt.contact_id)


def asked_of(contact: Contact, *agencies: Agency, by: Viewer, once: Any = None, **given: Any) -> list[Check]:
    named = list(Named.objects.filter(contact=contact).values_list("pk", flat=True))
    words = {"question": "What do you know?", "purpose": "decide", "band": "red", "bases": ["6-1-e"], "named": named}
    words |= {"details": ["born"], **given}
    with viewing_as(by):
        return ask(asked=Asked(contact.pk, **words), agencies=agencies, once=once or uuid4(), by=by, now=NOW,
                   site="https://kith.example")  # fmt: skip


def link_in(letter: Letter) -> str:
    found = re.search(r"⟦https://kith\.example/checks/answer/(\S+)⟧", letter.body)
    assert found
    return found[1]


def test_only_what_is_needed_is_sent_and_never_who_told(cast: Cast, contact: Contact, police: Agency) -> None:
    check = asked_of(contact, police, by=cast.farah)[0]
    sent = str([check.about, check.about_words, check.question])
    assert "Zephyrine Quill" in sent and "2011-04-03" in sent  # noqa: PT018
    letter = Letter.objects.get(about=f"check:{check.pk}")
    for never in ("Elm Road", "BS1", "Neighbour", "neighbour@"):
        assert never not in sent
    for word in ("Zephyrine", "Quill", "gate", "Harbour", "Neighbour"):
        assert word not in letter.subject + letter.body


def test_the_front_door_and_that_agency_alone_see_it(cast: Cast, contact: Contact, police: Agency) -> None:
    officer = make_viewer("Olu Bright", "practitioner", police, answering_team(police))
    asked_of(contact, police, cast.school, by=cast.farah)
    for viewer in (*cast.everybody(), officer):
        with viewing_as(viewer):
            seen = set(Check.objects.values_list("agency__key", flat=True))
            contacts = Contact.objects.count()
        expected = {"farah": {"police", "harbour-view"}, "olu": {"police"}}.get(viewer.email.split("@")[0], set())
        assert seen == expected, viewer.name
        assert contacts == (viewer == cast.farah)


def test_the_same_form_is_one_question_an_agency(cast: Cast, contact: Contact, police: Agency) -> None:
    once = uuid4()
    first = asked_of(contact, police, cast.school, by=cast.farah, once=once)
    again = asked_of(contact, police, cast.school, by=cast.farah, once=once)
    assert [one.pk for one in first] == [one.pk for one in again]
    assert Letter.objects.filter(about__startswith="check:").count() == 1  # the school has no address


@pytest.mark.parametrize(("key", "hours", "too_long"), [("red", 4, False), ("amber", 24, False), ("green", 72, True)])
def test_bands(key: str, hours: int, too_long: bool) -> None:
    stands = band(key, NOW)
    assert (stands.due_at - NOW, stands.too_long) == (timedelta(hours=hours), too_long)


def test_longer_than_the_area_allows_needs_a_manager_with_a_reason(cast: Cast, police: Agency) -> None:
    cast.hana.teams.add(cast.front_door)
    contact = told()
    with pytest.raises(NotAllowed, match="manager"):
        asked_of(contact, police, by=cast.farah, band="green", longer_because="Half term")
    with pytest.raises(NotAllowed, match="manager"):
        asked_of(contact, police, by=cast.hana, band="green", longer_because=" ")
    check = asked_of(contact, police, by=cast.hana, band="green", longer_because="Half term")[0]
    assert check.longer_because == "Half term"


def answering_team(agency: Agency) -> Team:
    return Team.objects.create(agency=agency, name="Checks", work="checks")


def as_agency(cast: Cast, contact: Contact) -> Check:
    """Carol answers for her school."""
    cast.carol.teams.add(answering_team(cast.school))
    return asked_of(contact, cast.school, by=cast.farah)[0]


def test_an_agency_answers_on_its_own_page_and_adds_to_it(client: Client, cast: Cast, contact: Contact) -> None:
    check = as_agency(cast, contact)
    client.force_login(cast.carol)
    listed = client.get(reverse("checks-asked")).content.decode()
    assert f"/checks/{check.pk}" in listed
    assert "Zephyrine" not in listed
    page = client.get(reverse("check-answer", args=[check.pk])).content.decode()
    assert "Zephyrine Quill" in page
    once = uuid4()
    for _ in range(2):
        assert client.post(reverse("check-answer", args=[check.pk]), {**ANSWER, "once": once}).status_code == 302
    assert CheckAnswer.objects.count() == 1
    client.post(reverse("check-answer", args=[check.pk]), {**ANSWER, "known": "And a brother.", "once": uuid4()})
    assert CheckAnswer.objects.count() == 2
    check.refresh_from_db()
    assert check.answered_at


def test_nothing_known_is_an_answer_and_something_must_be_said_otherwise() -> None:
    assert AnswerForm({**ANSWER, "knows": "nothing", "known": ""}).is_valid()
    assert "known" in AnswerForm({**ANSWER, "known": " "}).errors


def test_an_agency_neither_chases_nor_withdraws(client: Client, cast: Cast, contact: Contact) -> None:
    check = as_agency(cast, contact)
    Viewer.objects.filter(pk=cast.carol.pk).update(role="manager")
    cast.carol.refresh_from_db()
    client.force_login(cast.carol)
    for name in ("check-chase", "check-withdraw"):
        assert client.get(reverse(name, args=[check.pk])).status_code == 404
    with viewing_as(cast.carol), pytest.raises(NotAllowed):
        withdraw(check_id=check.pk, because="No", by=cast.carol, now=NOW)


def test_a_link_answers_without_an_account(client: Client, cast: Cast, contact: Contact, police: Agency) -> None:
    check = asked_of(contact, police, by=cast.farah)[0]
    token = link_in(Letter.objects.get(about=f"check:{check.pk}"))
    assert token not in str(list(CheckLink.objects.values()))
    CheckLink.objects.update(expires_at=NOW + timedelta(days=4000))
    address = reverse("check-link", args=[token])
    page = client.get(address)
    assert "Zephyrine" not in page.content.decode()
    assert page["Cache-Control"] == "no-store, private"
    assert "noindex" in page["X-Robots-Tag"]
    client.post(address, {"do": "send"})
    code = re.search(r"⟦(\d{6})⟧", Letter.objects.get(subject="Your code").body)[1]  # type: ignore[index]
    wrong = "000000" if code != "000000" else "111111"
    assert "not the code" in client.post(address, {"do": "confirm", "code": wrong}).content.decode()
    assert client.post(address, {"do": "confirm", "code": code}).status_code == 302
    page = client.get(address).content.decode()
    assert "Zephyrine Quill" in page
    title = re.search(r"<title>(.*?)</title>", page)[1]  # type: ignore[index]
    assert "Zephyrine" not in title
    half = {**ANSWER, "known": "Half a sentence", "name": "", "once": uuid4()}
    assert "are kept" in client.post(address, {**half, "do": "keep"}).content.decode()
    assert "Half a sentence" in client.get(address).content.decode()
    once = uuid4()
    for _ in range(2):
        assert "has reached" in client.post(address, {**ANSWER, "once": once, "do": "send"}).content.decode()
    stands = CheckAnswer.objects.get()
    assert (stands.by, stands.name) == (None, "Carol Price")
    assert "Half a sentence" not in client.get(address).content.decode()
    assert AuditEvent.objects.filter(action="open-check-link").count() >= 6
    with viewing_as(cast.farah):
        assert CheckAnswer.objects.count() == 1


def test_words_are_kept_while_somebody_writes_behind_a_link(client: Client, cast: Cast, contact: Contact,
                                                            police: Agency) -> None:  # fmt: skip
    check = asked_of(contact, police, by=cast.farah, confirm=False)[0]
    token = link_in(Letter.objects.get(about=f"check:{check.pk}"))
    CheckLink.objects.update(expires_at=NOW + timedelta(days=4000))
    kept = client.post(reverse("check-link-keep", args=[token]), {"known": "Typed", "password": "x", "other": "y"})
    assert "kept" in kept.json()
    assert CheckLink.objects.get().draft == {"known": ["Typed"]}
    assert client.post(reverse("check-link-keep", args=[token]), {"known": "x" * 300_000}).status_code == 413


def test_a_link_that_ended_says_nothing_of_why(client: Client, cast: Cast, contact: Contact, police: Agency) -> None:
    check = asked_of(contact, police, by=cast.farah)[0]
    token = link_in(Letter.objects.get(about=f"check:{check.pk}"))
    with viewing_as(cast.farah):
        chase(check_id=check.pk, how="letter", note="", by=cast.farah, now=NOW, site="https://kith.example", link=True)
    with pytest.raises(NoSuchLink):
        open_link(token=token, now=NOW)
    newer = link_in(Letter.objects.filter(about=f"check:{check.pk}").latest("pk"))
    assert open_link(token=newer, now=NOW).check == check
    with pytest.raises(NoSuchLink):
        open_link(token=newer, now=NOW + timedelta(days=30))
    with viewing_as(cast.farah):
        withdraw(check_id=check.pk, because="Answered by phone", by=cast.farah, now=NOW)
    with pytest.raises(NoSuchLink):
        open_link(token=newer, now=NOW)
    answers = [client.get(reverse("check-link", args=[one])) for one in (newer, "nonsense")]
    assert [one.status_code for one in answers] == [404, 404]
    strip = [re.sub(r"nonce=\S+", "", one.content.decode()) for one in answers]
    assert strip[0] == strip[1]


def test_codes_and_openings_are_limited(cast: Cast, contact: Contact, police: Agency) -> None:
    check = asked_of(contact, police, by=cast.farah)[0]
    token = link_in(Letter.objects.get(about=f"check:{check.pk}"))
    send_code(token=token, now=NOW)
    code = re.search(r"⟦(\d{6})⟧", Letter.objects.get(subject="Your code").body)[1]  # type: ignore[index]
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    assert not any(confirm_code(token=token, typed=wrong, now=NOW) for _ in range(5))
    with pytest.raises(TooOften):
        confirm_code(token=token, typed=code, now=NOW)
    send_code(token=token, now=NOW)
    later = re.search(r"⟦(\d{6})⟧", Letter.objects.filter(subject="Your code").latest("pk").body)[1]  # type: ignore[index]
    assert not confirm_code(token=token, typed=later, now=NOW + timedelta(minutes=16))
    assert confirm_code(token=token, typed=later, now=NOW)
    assert not confirm_code(token=token, typed=later, now=NOW)
    for _ in range(3):
        send_code(token=token, now=NOW)
    with pytest.raises(TooOften):
        send_code(token=token, now=NOW)
    for _ in range(120):
        open_link(token=token, now=NOW)
    with pytest.raises(TooOften):
        open_link(token=token, now=NOW)
    assert open_link(token=token, now=NOW + timedelta(hours=2)).check == check


def test_the_link_goes_with_the_letter_and_is_then_kept_nowhere(cast: Cast, contact: Contact, police: Agency) -> None:
    check = asked_of(contact, police, by=cast.farah)[0]
    letter = Letter.objects.get(about=f"check:{check.pk}")
    token = link_in(letter)
    send_letter(letter_id=letter.pk, now=NOW)
    letter.refresh_from_db()
    assert token in mail.outbox[0].body
    assert "⟦" not in mail.outbox[0].body
    assert token not in letter.body


def test_a_reminder_goes_once_before_the_clock_runs_out(cast: Cast, contact: Contact, police: Agency) -> None:
    check = asked_of(contact, police, by=cast.farah)[0]
    assert remind_agencies(now=NOW + timedelta(hours=2)) == 0
    assert remind_agencies(now=NOW + timedelta(hours=3, minutes=5)) == 1
    assert remind_agencies(now=NOW + timedelta(hours=3, minutes=15)) == 0
    assert Letter.objects.filter(about=f"check:{check.pk}").latest("pk").subject.startswith("Reminder")
    assert not remind(check_id=check.pk, by=cast.loader, now=NOW)


def test_what_was_withdrawn_is_answered_no_more(cast: Cast, contact: Contact) -> None:
    check = as_agency(cast, contact)
    with viewing_as(cast.farah):
        withdraw(check_id=check.pk, because="Not needed", by=cast.farah, now=NOW)
    form = AnswerForm(ANSWER)
    assert form.is_valid()
    with viewing_as(cast.carol), pytest.raises(NotAllowed, match="withdrawn"):
        answer(check_id=check.pk, given=form.answer(), once=uuid4(), by=cast.carol, now=NOW)


def test_the_front_door_asks_and_reads_the_picture(
    client: Client, cast: Cast, contact: Contact, police: Agency
) -> None:
    client.force_login(cast.farah)
    named = Named.objects.get(contact=contact)
    form = {"agencies": [police.pk, cast.school.pk], "question": "What do you know?", "named": [named.pk],
            "details": ["born"], "purpose": "decide", "bases": ["6-1-e"], "band": "amber", "confirm": "yes",
            "once": uuid4()}  # fmt: skip
    sent = client.post(reverse("contact-checks-ask", args=[contact.pk]), form)
    assert sent.status_code == 302, sent.content.decode()[:3000]
    page = client.get(reverse("contact-checks", args=[contact.pk])).content.decode()
    assert "0 of 2 agencies answered" in page
    green = client.post(reverse("contact-checks-ask", args=[contact.pk]), {**form, "band": "green", "once": uuid4()})
    assert "Only a manager" in green.content.decode()
    for check in Check.objects.all():
        CheckAnswer.objects.create(check_asked=check, scope=check.scope, sent_as=uuid4(), at=NOW, nothing_known=False,
            known="Said by " + check.agency.key, source="record", may_share="front-door", name="N", role="R",
            phone="1")  # fmt: skip
    picture = client.get(reverse("contact-checks-picture", args=[contact.pk])).content.decode()
    assert "Said by police" in picture
    assert "Not to be shared" in picture


def test_guessing_links_is_slowed_and_hinders_no_link_that_works(
    client: Client, cast: Cast, contact: Contact, police: Agency
) -> None:
    check = asked_of(contact, police, by=cast.farah)[0]
    token = link_in(Letter.objects.get(about=f"check:{check.pk}"))
    CheckLink.objects.update(expires_at=NOW + timedelta(days=4000))
    with time_machine.travel(NOW, tick=False):
        answers = [client.get(reverse("check-link", args=[f"guess-{n}"]), REMOTE_ADDR="10.9.8.7") for n in range(31)]
        assert [answers[number].status_code for number in (0, 29, 30)] == [404, 404, 429]
        assert client.get(reverse("check-link", args=[token]), REMOTE_ADDR="10.9.8.7").status_code == 200


def test_who_is_known_to_work_with_them_comes_first(cast: Cast, contact: Contact, police: Agency) -> None:
    amara = make_person()
    Headline.objects.filter(subject=amara).update(ring=[{"agency": police.name}])
    Named.objects.filter(contact=contact).update(subject=amara)
    with viewing_as(cast.farah):
        known = known_to_work_with(contact)
        form = AskForm(agencies=agencies_to_ask(), known=known, named=named_in(contact), now=NOW)
    assert known == {police.pk}
    assert form.fields["agencies"].choices[0] == (str(police.pk), police.name)
    assert "Known to work with" in form.fields["agencies"].look.hints[str(police.pk)]
