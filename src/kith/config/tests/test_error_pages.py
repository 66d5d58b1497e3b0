"""Where a page is not there, not open, or fails: still our page, in words, and it gives nothing away."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.support.cast import Cast, make_person

pytestmark = pytest.mark.django_db


def test_a_record_that_is_not_open_and_one_that_does_not_exist_answer_alike(client: Client, cast: Cast) -> None:
    hidden = make_person("Zephyrine Quillfeather")
    client.force_login(cast.dev)
    one, other = (client.get(f"/records/{number}/") for number in (hidden.pk, hidden.pk + 1))
    assert one.status_code == other.status_code == 404
    assert "There is no such page" in one.content.decode()
    assert re.sub(r'value="[^"]*"', "", one.content.decode()) == re.sub(r'value="[^"]*"', "", other.content.decode())


def test_nobody_is_answered_in_our_frame(client: Client) -> None:
    page = client.get("/no-such-page")
    assert page.status_code == 404
    assert 'id="main-content"' in page.content.decode()
    assert "Go to the start" in page.content.decode()


def test_a_form_that_was_open_too_long_says_that_nothing_is_lost(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.asha)
    page = strict.post("/entries/new", {"text": "She came home."})
    assert page.status_code == 403
    assert "what you typed is still there" in page.content.decode()


def test_a_failure_needs_nothing_of_what_failed(client: Client, monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("Quillfeather")

    monkeypatch.setattr("kith.config.navigation.frame_for", fails)
    monkeypatch.setattr("kith.config.page_frame.frame_for", fails)
    client.raise_request_exception = False
    client.force_login(cast.asha)
    page = client.get("/")
    assert page.status_code == 500
    assert "Something went wrong" in page.content.decode()
    assert "Quillfeather" not in page.content.decode()
