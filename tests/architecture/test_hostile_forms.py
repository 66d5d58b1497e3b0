"""Every form of the site, sent what nobody should send: answered in words, never an error, nobody's script run.

The forms are those that stand on the pages, found as each of the cast finds them, so a new page is tried by itself.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from kith.config.access_table import ACCESS
from kith.subjects.search.refresh_sql import TEMPORARY
from tests.architecture.conftest import Planted
from tests.architecture.planted import World, every_route
from tests.architecture.test_sweep import FAILED, PEOPLE, allowed, body_of, signed_in
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db
SCRIPT = """<script>kith(1)</script>"><img src=x onerror=kith(2)>'</textarea><script>kith(3)</script>"""
RUNS = re.compile(r"<script>kith|<img src=x", re.IGNORECASE)
LONG = "a" * 10_000_000
LONGEST_ANSWER = 15  # seconds, on a busy machine
NEVER_SENT = {"/accounts/logout/"}
TYPED = {"text", "search", "email", "tel", "url", "number", "password", "date", "time", ""}
SAID = {
    "a script in every field": SCRIPT,
    "nothing but an emoji": "🙂",
    "a postcode that nobody has": "ZZ99 9ZZ",
    "a nought among the letters": "a\x00b",
    "a number of four hundred figures": "9" * 400,
    "letters that turn the line round": "\u202e\u2066 olleh \ufeff\ufffe",
    "nothing": "",
    "one letter": "a",
}
HIDDEN = (SCRIPT, "", "-1", "99999999999999999999", "a\x00b")
NOT_LOOKED_AT = {"csrfmiddlewaretoken"}  # by a site that believes every browser of these tests
Values = dict[str, Any]


@dataclass
class Form:
    """A form as it stands on a page: where it goes, its fields by kind, and whose browser it is in."""

    who: str
    page: str
    action: str
    hidden: Values = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    chosen: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[Any, ...]:
        return (urlsplit(self.action).path, *sorted([*self.typed, *self.chosen, *self.files, *self.hidden]))

    def filled(self, said: str) -> Values:
        return {**self.hidden, **self.chosen, **dict.fromkeys(self.typed, said)}


@pytest.fixture
def _django_db_helper() -> None:
    """The transaction of the planted world stands where each test would have its own."""


@pytest.fixture
def cast(in_the_world: Planted) -> Cast:
    return in_the_world.cast


@pytest.fixture
def world(in_the_world: Planted) -> World:
    take_up_what_planting_left()
    return in_the_world.world


@pytest.fixture(scope="module")
def forms(planted: Planted) -> list[Form]:
    """Every form once; finding them changes nothing."""
    with transaction.atomic():
        take_up_what_planting_left()
        found = every_form(deepcopy(planted.cast), planted.world)
        transaction.set_rollback(True)
    return found


def take_up_what_planting_left() -> None:
    """For its own transaction, which here is everybody's."""
    with connection.cursor() as cursor:
        cursor.execute(TEMPORARY.split(";")[0])


def forms_on(page: str, who: str, html: str) -> Iterator[Form]:
    for one in BeautifulSoup(html, "html.parser").select("form[method=post i]"):
        form = Form(who, page, urljoin(page, str(one.get("action") or page)))
        for control in one.select("input[name], textarea[name], select[name], button[name]"):
            _sort(form, control)
        if form.action not in NEVER_SENT:
            yield form


def _sort(form: Form, control: Tag) -> None:
    name, kind = str(control["name"]), str(control.get("type", "")).lower()
    if kind == "hidden":
        form.hidden[name] = str(control.get("value", ""))
    elif kind == "file":
        form.files.append(name)
    elif control.name == "select":
        offered = [str(option.get("value", "")) for option in control.select("option")]
        form.chosen[name] = next((value for value in offered if value), "")
    elif kind in {"radio", "checkbox", "submit"} or control.name == "button":
        form.chosen.setdefault(name, str(control.get("value", "on")))
    elif control.name == "textarea" or kind in TYPED:
        form.typed.append(name)


def every_form(cast: Cast, world: World) -> list[Form]:
    """Each form once, in the browser of the first of the cast who may open its page."""
    found: dict[tuple[Any, ...], Form] = {}
    clients = {who: signed_in(cast, who) for who in PEOPLE}
    for route in every_route():
        who = next((who for who in PEOPLE if allowed(ACCESS[route.name], cast, who)), None)
        if who is None or not set(route.wants) <= set(world.numbers):
            continue  # nobody's; what was not planted is told by the sweep
        address = route.address(world.numbers)
        with transaction.atomic():
            response = clients[who].get(address)
            transaction.set_rollback(True)
        if response.status_code == 200 and is_page(response):
            for form in forms_on(address, who, body_of(response)):
                found.setdefault(form.key, form)
    return list(found.values())


def is_page(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html")


def wrong_with(client: Client, form: Form, values: Values, *, undone: bool = True) -> list[str]:
    """Send it, follow where it leads, and say what is wrong with the answers."""
    wrong, started = [], time.monotonic()
    with transaction.atomic():
        response = client.post(form.action, values)
        answers = [response]
        if response.status_code in {301, 302, 303} and response.headers["Location"].startswith("/"):
            answers.append(client.get(response.headers["Location"]))
        if undone:
            transaction.set_rollback(True)
    for answer in answers:
        if answer.status_code >= FAILED:
            wrong.append(f"{form.who} {form.action} ({form.page}): {answer.status_code}")
        if is_page(answer) and (runs := RUNS.search(body_of(answer))):
            wrong.append(f"{form.who} {form.action} ({form.page}): shows {runs.group()}")
    if (took := time.monotonic() - started) > LONGEST_ANSWER:
        wrong.append(f"{form.who} {form.action} ({form.page}): {took:.0f} seconds")
    return wrong


def ways(form: Form) -> Iterator[tuple[str, Values]]:
    """Everything that is sent of a form, by what it is called, and nothing twice: a form without a field to type in is
    the same whatever would be typed.
    """
    sent: list[Values] = []
    for what, values in _ways(form):
        if values not in sent:
            sent.append(values)
            yield what, values


def _ways(form: Form) -> Iterator[tuple[str, Values]]:
    for what, said in SAID.items():
        yield what, form.filled(said)
    yield "answers that were not offered", {**form.filled("a"), **dict.fromkeys(form.chosen, SCRIPT)}
    hidden = form.hidden.keys() - NOT_LOOKED_AT
    for said in HIDDEN if hidden else ():
        yield f"hidden {said[:20]!r}", {**form.filled("a"), **dict.fromkeys(hidden, said)}
    if form.files:
        files = [SimpleUploadedFile(f"{SCRIPT}.svg", SCRIPT.encode(), "image/png") for _ in form.files]
        yield "a file that is a script", {**form.filled("a"), **dict(zip(form.files, files, strict=True))}


def test_whatever_is_sent_is_answered(cast: Cast, world: World, forms: list[Form]) -> None:
    wrong: list[str] = []
    clients = {who: signed_in(cast, who) for who in PEOPLE}
    for form in forms:
        for what, values in ways(form):
            wrong += [f"{said}: {what}" for said in wrong_with(clients[form.who], form, values)]
    assert not wrong, "\n".join(wrong)
    assert len(forms) > 30  # otherwise nothing would be proved
    assert {form.who for form in forms} >= {"asha", "farah", "gwen", "idris"}


def test_ten_megabytes_in_one_field_are_answered(cast: Cast, world: World, forms: list[Form]) -> None:
    clients, wrong = {who: signed_in(cast, who) for who in PEOPLE}, []
    for form in [form for form in forms if form.typed]:
        wrong += wrong_with(clients[form.who], form, {**form.filled("a"), form.typed[-1]: LONG})
    assert not wrong, "\n".join(wrong)


def test_a_script_that_was_kept_runs_on_no_page(cast: Cast, world: World, forms: list[Form]) -> None:
    """Everything is sent and stays; then every page is looked at by those who may."""
    clients, wrong, kept = {who: signed_in(cast, who) for who in PEOPLE}, [], 0
    for form in [form for form in forms if not form.action.startswith("/accounts/")]:
        wrong += wrong_with(clients[form.who], form, form.filled(SCRIPT), undone=False)
    for route in [route for route in every_route() if set(route.wants) <= set(world.numbers)]:
        for who in [who for who in PEOPLE if allowed(ACCESS[route.name], cast, who)][:3]:
            with transaction.atomic():
                response = clients[who].get(route.address(world.numbers))
                transaction.set_rollback(True)
            if is_page(response):
                kept += "kith(1)" in body_of(response)
                wrong += [f"{who} {route.name}: shows {runs.group()}" for runs in RUNS.finditer(body_of(response))]
    assert not wrong, "\n".join(wrong)
    assert kept > 3  # it was kept, and is shown as what it is: letters
