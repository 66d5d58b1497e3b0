"""Time that runs out: keeping is no sign that anybody is there, and what was just sent is kept first."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kith.foundations.access.staying import SEEN
from kith.foundations.drafts.models import Draft
from kith.subjects.models import Subject
from tests.support.cast import Cast, let_in, make_person

KEEP = "/drafts/keep?of=/entries/new"
NOTE = {"text": "She told me about the lifts", "kind": "note", "on-day": "2", "on-month": "11", "on-year": "2025"}


@pytest.fixture
def amara(cast: Cast) -> Subject:
    amara = make_person("Amara Osei")
    let_in(amara, cast.asha)
    return amara


def signed_in(cast: Cast, ago: float, *, checks: bool = False) -> Client:
    """Asha, who did something so many seconds ago."""
    client = Client(enforce_csrf_checks=checks)
    client.force_login(cast.asha)
    store = client.session
    store[SEEN] = timezone.now().timestamp() - ago
    store.save()
    return client


@pytest.mark.django_db
def test_keeping_does_not_keep_anybody_signed_in(cast: Cast, amara: Subject) -> None:
    client = signed_in(cast, ago=900)
    seen = client.session[SEEN]
    assert client.post(KEEP, {**NOTE, "once": str(uuid4())}).status_code == 200
    assert client.session[SEEN] == seen
    client.get("/drafts")
    assert client.session[SEEN] > seen


@pytest.mark.django_db
def test_words_that_come_too_late_are_kept_and_nothing_else_is_done(cast: Cast, amara: Subject) -> None:
    client = signed_in(cast, ago=3600)
    mark = str(uuid4())
    for text in ("She told", "She told me"):
        answer = client.post(KEEP, {**NOTE, "text": text, "once": mark})
        assert answer.status_code == 401
        assert answer.content == b""
    assert Draft.objects.get().fields["text"] == ["She told me"]
    assert client.get("/drafts").status_code == 302, "the session is over for everything else"
    assert "_auth_user_id" not in client.session
    assert client.post(KEEP, {**NOTE, "once": mark}).status_code == 302
    assert Draft.objects.get().fields["text"] == ["She told me"]


@pytest.mark.django_db
def test_what_was_just_sent_is_kept_and_led_back_to(cast: Cast, amara: Subject) -> None:
    client, path = signed_in(cast, ago=3600), reverse("what-matters", args=[amara.pk])
    answer = client.post(path, {"text": "Ring her aunt " + "a" * 300_000, "once": str(uuid4())})
    assert answer["Location"] == f"/accounts/login/?next={path.replace('/', '%2F')}"
    assert "_auth_user_id" not in client.session
    draft = Draft.objects.get()
    assert (draft.viewer, draft.path) == (cast.asha, path)
    assert draft.fields["text"][0].startswith("Ring her aunt")
    amara.refresh_from_db()
    assert amara.what_matters_now == ""


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/password/change/", "/search", "/drafts", "/nowhere"])
def test_other_forms_are_not_kept(cast: Cast, path: str) -> None:
    client = signed_in(cast, ago=3600)
    client.post(path, {"text": "typed", "oldpassword": "secret", "once": str(uuid4())})
    assert not Draft.objects.exists()


@pytest.mark.django_db
def test_what_another_site_sends_is_not_kept(cast: Cast, amara: Subject) -> None:
    client = signed_in(cast, ago=3600, checks=True)
    sent = {**NOTE, "once": str(uuid4())}
    assert client.post(KEEP, sent).status_code == 403
    client.post("/entries/new", sent)
    assert not Draft.objects.exists()
    fresh = signed_in(cast, ago=1, checks=True)
    assert fresh.post(KEEP, sent).status_code == 403
    assert not Draft.objects.exists()
