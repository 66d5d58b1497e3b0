"""Words are kept until they are sent, given back as they were, read by nobody else, and gone when they were sent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kith.chronology.models import Entry
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.foundations.drafts.actions import accepted
from kith.foundations.drafts.models import Draft, SentForm
from kith.foundations.drafts.rules import LARGEST, MOST
from kith.foundations.drafts.tasks import tidy_what_was_never_sent
from kith.subjects.models import LinkEvidence, Subject
from tests.support.cast import Cast, let_in, make_person

DAY = {"on-day": "2", "on-month": "11", "on-year": "2025"}
NOTE = {"text": "Seen at the park with the others", "kind": "visit", **DAY}
WRITE = "/entries/new"


@pytest.fixture
def friends(cast: Cast) -> list[Subject]:
    friends = [make_person("Amara Osei"), make_person("Leo Whitcombe")]
    for friend in friends:
        let_in(friend, cast.asha, cast.ben)
    return friends


@pytest.fixture
def as_asha(cast: Cast) -> Client:
    return signed_in(cast.asha)


def signed_in(viewer: Viewer) -> Client:
    client = Client()
    client.force_login(viewer)
    return client


def keep(client: Client, fields: dict[str, Any], of: str = WRITE, mark: str = "") -> int:
    return client.post(f"{reverse('draft-keep')}?of={of}", {"once": mark or str(uuid4()), **fields}).status_code


def page(client: Client, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


@pytest.mark.django_db
def test_words_are_offered_again_and_put_back_as_they_were(as_asha: Client, friends: list[Subject]) -> None:
    mark, (amara, leo) = str(uuid4()), friends
    about = {"about": [amara.pk, leo.pk], f"private-{leo.pk}": "Only his", "time": "half past", "significant": "yes"}
    assert keep(as_asha, {**NOTE, **about}, mark=mark) == 200
    opened = page(as_asha, WRITE)
    assert "You have words here that were not sent, from today" in opened.text
    number = opened.find("button", {"name": "draft"})["value"]
    filled = page(as_asha, f"{WRITE}?draft={number}")
    assert filled.find("textarea", {"name": "text"}).text.strip() == NOTE["text"]
    assert filled.find("textarea", {"name": f"private-{leo.pk}"}).text.strip() == "Only his"
    assert [one["value"] for one in filled.find_all("input", {"name": "about"})] == [str(amara.pk), str(leo.pk)]
    assert filled.find("input", {"name": "once"})["value"] == mark
    assert filled.find("input", {"name": "time"})["value"] == "half past"
    assert filled.find("option", {"value": "visit"}).has_attr("selected")
    assert not filled.select(".govuk-error-message"), "what is put back is not judged before it is sent"
    assert not filled.select(".kith-unsent")
    event = AuditEvent.objects.get(action="put-back-draft")
    assert event.what == "Put back unsent words: A note"
    assert not AuditEvent.objects.filter(action__contains="keep").exists()


@pytest.mark.django_db
def test_an_accepted_form_takes_its_own_draft_with_it_and_no_other(as_asha: Client, friends: list[Subject]) -> None:
    mark, about = str(uuid4()), {"about": [friends[0].pk]}
    keep(as_asha, {**NOTE, **about}, mark=mark)
    keep(as_asha, {**NOTE, "text": "Another page, another note"})
    answer = as_asha.post(WRITE, {**NOTE, **about, "once": mark, "save": "yes"})
    assert answer.status_code == 302
    assert [draft.fields["text"] for draft in Draft.objects.all()] == [["Another page, another note"]]
    late = as_asha.post(f"{reverse('draft-keep')}?of={WRITE}", {**NOTE, **about, "once": mark})
    assert late.json() == {"sent": True}
    assert Draft.objects.count() == 1, "a late keeping brings nothing back"


@pytest.mark.django_db
def test_what_fails_after_the_form_was_accepted_brings_the_draft_back(
    as_asha: Client, friends: list[Subject], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Entry, draft and mark stand or fall together: here the very last step of the request fails."""
    mark, about = str(uuid4()), {"about": [friends[0].pk]}
    keep(as_asha, {**NOTE, **about}, mark=mark)
    as_asha.raise_request_exception = False

    def fails(**given: Any) -> None:
        accepted(**given)
        raise RuntimeError

    monkeypatch.setattr("kith.foundations.drafts.forms_at.actions.accepted", fails)
    answer = as_asha.post(WRITE, {**NOTE, **about, "once": mark, "save": "yes"})
    assert answer.status_code == 500
    assert not Entry.objects.exists()
    assert Draft.objects.get().fields["text"] == [NOTE["text"]]
    assert not SentForm.objects.exists()


@pytest.mark.django_db
def test_what_was_sent_and_not_accepted_is_kept_without_any_script(as_asha: Client, friends: list[Subject]) -> None:
    mark = str(uuid4())
    as_asha.post(WRITE, {**NOTE, "once": mark, "look": "yes", "find": "Ama"})
    assert Draft.objects.get().fields["text"] == [NOTE["text"]]
    as_asha.post(WRITE, {**NOTE, "text": "More", "once": mark, "save": "yes"})
    assert Draft.objects.get().fields["text"] == ["More"]


@pytest.mark.django_db
def test_nobody_else_reads_a_draft_whatever_their_role(as_asha: Client, cast: Cast, friends: list[Subject]) -> None:
    keep(as_asha, NOTE)
    draft = Draft.objects.get()
    for other in (cast.ben, cast.hana, cast.ellis, cast.gwen, cast.idris):
        with viewing_as(other):
            assert not Draft.objects.exists(), other
            assert not SentForm.objects.exists()
            assert Draft.objects.filter(pk=draft.pk).delete()[0] == 0
    ben = signed_in(cast.ben)
    assert NOTE["text"] not in ben.get(f"{WRITE}?draft={draft.pk}").content.decode()
    assert ben.post(reverse("drafts"), {"throw": draft.pk}).status_code == 404
    assert NOTE["text"] not in ben.get(reverse("drafts")).content.decode()
    with viewing_as(cast.asha):
        assert Draft.objects.count() == 1


@pytest.mark.django_db
def test_thrown_away_from_the_form_and_said_in_the_audit(as_asha: Client, friends: list[Subject]) -> None:
    path = reverse("what-matters", args=[friends[0].pk])
    keep(as_asha, {"text": "Ring her aunt"}, of=path)
    answer = as_asha.post(reverse("drafts"), {"throw": Draft.objects.get().pk, "from": "form"})
    assert answer["Location"] == path
    assert not Draft.objects.exists()
    assert AuditEvent.objects.get(action="throw-away-draft").subjects == [friends[0].pk]


@pytest.mark.django_db
def test_only_forms_that_are_kept_are_kept(as_asha: Client, friends: list[Subject]) -> None:
    for address in ("/accounts/password/change/", "/nowhere", "https://elsewhere.example/", "", "/search"):
        assert keep(as_asha, NOTE, of=address) == 400
    assert keep(as_asha, {**NOTE, "password": "secret", "new_password1": "x", "csrfmiddlewaretoken": "y"}) == 200
    assert set(Draft.objects.get().fields) == set(NOTE)


@pytest.mark.django_db
def test_size_and_number_are_bounded(as_asha: Client, cast: Cast) -> None:
    assert keep(as_asha, {"text": "a" * LARGEST}) == 413
    kept_at = timezone.now()
    for number in range(MOST):
        fields = {"text": [f"{number}"]}
        Draft.objects.create(viewer=cast.asha, path=WRITE, mark=uuid4(), fields=fields, kept_at=kept_at)
    Draft.objects.filter(fields__text=["7"]).update(kept_at=kept_at - timedelta(days=1))
    assert keep(as_asha, {"text": "one more"}) == 200
    left = {draft.fields["text"][0] for draft in Draft.objects.all()}
    assert len(left) == MOST
    assert "7" not in left
    assert "one more" in left


@pytest.mark.django_db
def test_every_night_what_is_thirty_days_old_goes(cast: Cast) -> None:
    now = timezone.now()
    for days, viewer in ((31, cast.asha), (29, cast.asha), (31, cast.ben)):
        Draft.objects.create(
            viewer=viewer, path=WRITE, mark=uuid4(), fields={"text": [str(days)]}, kept_at=now - timedelta(days=days)
        )
    assert tidy_what_was_never_sent(0) == 2
    assert [draft.fields["text"] for draft in Draft.objects.all()] == [["29"]]


@pytest.mark.django_db
def test_a_correction_whose_note_was_corrected_already_loses_no_word(as_asha: Client, friends: list[Subject]) -> None:
    as_asha.post(WRITE, {**NOTE, "about": [friends[0].pk], "once": str(uuid4()), "save": "yes"})
    old = Entry.objects.get()
    form = {**NOTE, "about": [friends[0].pk], "because": "Wrong day", "save": "yes"}
    address = reverse("entry-correct", args=[old.pk])
    as_asha.post(address, {**form, "once": str(uuid4()), "text": "First correction"})
    answer = as_asha.post(address, {**form, "once": str(uuid4()), "text": "Second, from another page"})
    assert answer.status_code == 302
    assert Draft.objects.get().fields["text"] == ["Second, from another page"]
    assert "Second, from another page" in as_asha.get(reverse("drafts")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("times", [2, 3])
def test_every_kept_form_sent_again_does_its_work_once(as_asha: Client, friends: list[Subject], times: int) -> None:
    """Groups, places, links and disputes, as notes have it."""
    amara, leo = friends
    as_asha.post(WRITE, {**NOTE, "about": [amara.pk], "once": str(uuid4()), "save": "yes"})
    entry = Entry.objects.get()
    seen = {"last_seen-day": "1", "last_seen-month": "11", "last_seen-year": "2025"}
    link = {"other": leo.pk, "kind": "friend-of:out", "text": "They say so", "grade": "told", "save": "yes", **seen}
    review = {"review_on-day": "1", "review_on-month": "1", "review_on-year": "2100"}
    forms = {
        reverse("group-new"): {"name": "Friday night", "about": "Safer together", **review},
        reverse("place-new"): {"name": "Harbour Park", "kind": "park"},
        reverse("link-new", args=[amara.pk]): link,
        reverse("entry-dispute", args=[amara.pk, entry.pk]): {"said_by": "Amara", "text": "Not so"},
    }
    for address, fields in forms.items():
        sent = {**fields, "once": str(uuid4())}
        answers = [as_asha.post(address, sent) for _ in range(times)]
        assert {answer.status_code for answer in answers} == {302}, address
        assert len({answer["Location"] for answer in answers}) == 1
    assert Subject.objects.filter(kind="group").count() == 1
    assert Subject.objects.filter(kind="place").count() == 1
    assert LinkEvidence.objects.count() == 2
    assert entry.disputes.count() == 1
    assert (
        AuditEvent.objects.filter(action__in=["create-group", "create-place", "add-link", "dispute-entry"]).count() == 4
    )
    other = {**forms[reverse("group-new")], "once": str(uuid4())}
    as_asha.post(reverse("group-new"), other)
    as_asha.post(reverse("group-new"), {**other, "name": "Saturday"})
    assert Subject.objects.filter(kind="group").count() == 3, "other words are another group"


@pytest.mark.django_db(transaction=True)
def test_two_that_arrive_at_the_same_moment_are_one(cast: Cast) -> None:
    form = {"name": "Harbour Park", "kind": "park", "once": str(uuid4())}
    clients = [signed_in(cast.asha) for _ in range(3)]

    def send(client: Client) -> str:
        try:
            return str(client.post(reverse("place-new"), form)["Location"])
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=3) as together:
        led_to = set(together.map(send, clients))
    assert len(led_to) == 1
    assert Subject.objects.filter(kind="place").count() == 1
    assert SentForm.objects.count() == 1


@pytest.mark.django_db
def test_a_record_that_was_closed_while_somebody_wrote_costs_no_word(as_asha: Client, cast: Cast) -> None:
    leo = make_person("Leo Whitcombe")
    sent = {"text": "Ring his uncle", "once": str(uuid4())}
    answer = as_asha.post(reverse("what-matters", args=[leo.pk]), sent)
    assert answer.status_code == 404
    assert "What you wrote could not be sent" in answer.content.decode()
    assert Draft.objects.get().fields["text"] == ["Ring his uncle"]
    assert "Ring his uncle" in as_asha.get(reverse("drafts")).content.decode()


@pytest.mark.django_db
def test_what_a_database_cannot_hold_is_left_out(as_asha: Client, friends: list[Subject]) -> None:
    for hostile in ("a\x00b", "\u202e🙂", "9" * 400):
        sent = {"text": hostile, "nought\x00": hostile, "once": str(uuid4())}
        assert as_asha.post(WRITE, {**sent, "look": "yes"}).status_code == 200
        assert keep(as_asha, sent) == 200
    words = {text for draft in Draft.objects.all() for text in draft.fields["text"]}
    assert words >= {"ab", "\u202e🙂", "9" * 400}


@pytest.mark.django_db
def test_the_same_form_again_says_that_it_stands(as_asha: Client, friends: list[Subject]) -> None:
    sent = {"text": "Ring her aunt", "once": str(uuid4())}
    path = reverse("what-matters", args=[friends[0].pk])
    as_asha.post(path, sent)
    Subject.objects.filter(pk=friends[0].pk).update(what_matters_now="Since then: ring her uncle")
    page = as_asha.post(path, sent, follow=True).content.decode()
    assert "This was sent already and stands once" in page
    friends[0].refresh_from_db()
    assert friends[0].what_matters_now == "Since then: ring her uncle", "what came later is not undone"
