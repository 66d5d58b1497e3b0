"""The language helper on the page: beside what is typed, never in the way."""

from __future__ import annotations

import pytest
from django import forms
from django.test import Client

from kith.foundations.design_system.forms import Look, TextArea
from kith.subjects.wording import SECOND_LOOK
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db


class _Form(forms.Form):
    text = TextArea(label="What happened", look=Look(second_look=SECOND_LOOK))


def test_a_page_that_comes_back_shows_the_remarks_and_keeps_the_words() -> None:
    form = _Form({"text": "She absconded & ran"})
    drawn = form["text"].as_field_group()
    assert form.is_valid()
    assert "“absconded”: The words of prisons" in drawn
    assert "She absconded &amp; ran</textarea>" in drawn
    assert 'hx-post="/wording?of=text"' in drawn


def test_an_empty_page_has_no_remarks() -> None:
    assert "kith-remarks__list" not in _Form()["text"].as_field_group()


def test_remarks_while_typing(client: Client, cast: Cast) -> None:
    client.force_login(cast.asha)
    answer = client.post("/wording?of=text", {"text": "He is <b>AWOL</b>", "other": "promiscuous"})
    assert "“AWOL”" in answer.content.decode()
    assert "promiscuous" not in answer.content.decode()
    assert client.post("/wording?of=text", {"text": "He came home."}).content.strip() == b""
    assert client.get("/wording").content.strip() == b""


def test_only_who_is_signed_in_is_answered(client: Client) -> None:
    assert client.post("/wording?of=text", {"text": "AWOL"}).status_code == 302
