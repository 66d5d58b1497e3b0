"""People at browsers who do not give up: whatever is killed, they send the same form until it is answered."""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPErrorProcessor, OpenerDirector, build_opener
from uuid import uuid4

from bs4 import BeautifulSoup

PATIENCE = 240  # seconds for one answer, a restart on a busy machine included
NO_TIME = 0.01  # seconds somebody waits who leaves before the answer comes
BUSY = "Records are being linked just now"


class _AsAnswered(HTTPErrorProcessor):
    """No redirect is followed and no status is an error: what was answered is what the tests are about."""

    def http_response(self, request: Any, response: HTTPResponse) -> HTTPResponse:
        return response


@dataclass(frozen=True)
class Answer:
    """What the site said."""

    status: int
    to: str
    body: str

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.body, "html.parser")

    def hidden(self, name: str) -> str:
        """What a form on the page carries without showing it."""
        return str(self.page.select_one(f"main input[type=hidden][name={name}], input[name={name}]")["value"])  # type: ignore[index]


class Person:
    """Somebody signed in to the demonstration, with a browser's cookies."""

    def __init__(self, site: str, name: str) -> None:
        self.site = site
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()), _AsAnswered)
        self.again = 0  # how often a form was sent once more
        page = self.open("/demo/sign-in")
        button = next(one for one in page.page.find_all("button", {"name": "person"}) if name in one.text)
        form = {"csrfmiddlewaretoken": page.hidden("csrfmiddlewaretoken"), "person": str(button["value"])}
        assert self.send("/demo/sign-in", form).status == 302

    def open(self, address: str) -> Answer:
        """A page, asked for until it is answered."""
        return self._until_answered(address, None)

    def send(self, address: str, form: dict[str, Any], *, impatient: bool = False) -> Answer:
        """A form, sent until it is answered; by the impatient, first without waiting for the answer."""
        sent = urlencode(form, doseq=True).encode()
        if impatient:
            self._ask(address, sent, NO_TIME)
            self.again += 1
        return self._until_answered(address, sent)

    def _until_answered(self, address: str, sent: bytes | None) -> Answer:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            answer = self._ask(address, sent, PATIENCE)
            if answer and answer.status < 500 and BUSY not in answer.body:
                return answer
            self.again += sent is not None
            time.sleep(0.1)
        raise AssertionError(f"{address} was not answered for {PATIENCE} seconds, last with {answer}")

    def _ask(self, address: str, sent: bytes | None, wait: float) -> Answer | None:
        try:
            with self.opener.open(self.site + address, sent, timeout=wait) as answered:
                body = answered.read().decode(errors="replace")
                return Answer(answered.status, answered.headers.get("Location", ""), body)
        except (OSError, HTTPException):
            return None  # nobody there, or gone in the middle of a word


@dataclass
class Kept:
    """What people were told is done: each by a mark that stands nowhere else."""

    entries: dict[str, int] = field(default_factory=dict)  # its mark → the entry's number
    decided: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    sent_again: int = 0


def write_notes(site: str, name: str, about: Sequence[int], kept: Kept, over: threading.Event) -> None:
    """Note after note about the same people; every third time without waiting for the first answer."""
    person, chance = Person(site, name), random.Random(name)
    page_address = "/entries/new?" + urlencode({"about": about}, doseq=True)
    while not over.is_set():
        page, mark = person.open(page_address), uuid4().hex
        form = {name: page.hidden(name) for name in ("csrfmiddlewaretoken", "once")}
        words = {"text": f"Said at the park: {mark}", "kind": "note", "save": "yes", **DAY}
        answer = person.send("/entries/new", form | words | {"about": about}, impatient=chance.random() < 1 / 3)
        assert answer.status == 302, answer
        kept.entries[mark] = int(answer.to.rpartition("#entry-")[2])
    kept.sent_again += person.again


def write_in_stages(site: str, name: str, about: Sequence[int], kept: Kept, over: threading.Event) -> None:
    """Note after note, kept while it is written; then the browser is gone, and the words are put back and sent."""
    person, chance = Person(site, name), random.Random(name)
    while not over.is_set():
        page, mark = person.open("/entries/new?" + urlencode({"about": about}, doseq=True)), uuid4().hex
        words = f"Said at the park, by the kiosk, in the rain: {mark}"
        form = {name: page.hidden(name) for name in ("csrfmiddlewaretoken", "once")} | {"kind": "note", **DAY}
        for typed in (words[:15], words[:30], words):
            answer = person.send("/drafts/keep?of=/entries/new", form | {"text": typed, "about": about})
            assert answer.status == 200, answer
        back = _put_back(person)
        assert back.page.select_one("textarea[name=text]").text.strip() == words  # type: ignore[union-attr]
        assert back.hidden("once") == form["once"]
        chosen = [str(one["value"]) for one in back.page.select("input[name=about]")]
        given = form | {"csrfmiddlewaretoken": back.hidden("csrfmiddlewaretoken"), "text": words, "about": chosen}
        answer = person.send("/entries/new", given | {"save": "yes"}, impatient=chance.random() < 1 / 2)
        assert answer.status == 302, answer
        kept.entries[mark] = int(answer.to.rpartition("#entry-")[2])
    kept.sent_again += person.again


def _put_back(person: Person) -> Answer:
    """The form, opened anew, with the words that were not sent: exactly one lot of them is offered."""
    offered = person.open("/entries/new").page.select("button[name=draft]")
    assert len(offered) == 1, offered
    return person.open(f"/entries/new?draft={offered[0]['value']}")


DAY = {"on-day": "2", "on-month": "11", "on-year": "2025"}


def decide_matches(site: str, name: str, matches: Sequence[int], kept: Kept, over: threading.Event) -> None:
    """Decide each in turn, and take the decision back."""
    person, turn = Person(site, name), 0
    while not over.is_set():
        address, mark, turn = f"/matches/{matches[turn % len(matches)]}/", uuid4().hex, turn + 1
        page = person.open(address)
        form = {"csrfmiddlewaretoken": page.hidden("csrfmiddlewaretoken"), "verdict": "same", "basis": "records"}
        answer = person.send(address, form | {"more": mark}, impatient=turn % 3 == 0)
        assert answer.status in {302, 404, 422}, answer  # 404, 422: it was decided when the answer was lost
        kept.decided.append(mark)
        standing = re.search(r"/judgements/\d+/withdraw", person.open("/judgements/").body)
        assert standing, "The decision that was answered is not there"
        again = uuid4().hex
        form = {"csrfmiddlewaretoken": page.hidden("csrfmiddlewaretoken"), "reason": again}
        answer = person.send(standing.group(), form, impatient=turn % 4 == 0)
        assert answer.status in {302, 422}, answer  # 422: it was withdrawn when the answer was lost
        kept.withdrawn.append(again)
    kept.sent_again += person.again
