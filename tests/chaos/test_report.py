"""kill -9 while somebody without an account tells us: no word that was kept is lost, and no report is doubled."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.request import HTTPCookieProcessor, build_opener
from uuid import uuid4

import pytest

from tests.chaos.people import PATIENCE, Answer, Person, _AsAnswered
from tests.chaos.test_server import KILLS, ask, kill
from tests.support.homes import copy_of_a_home
from tests.support.served import Served

START = {"kind": "professional", "about": "place"}
WAIT = 429
PLANT = """
from kith.foundations.starting import start_django
start_django()
from tests.support.cast import make_cast
make_cast()
"""


class Visitor(Person):
    """Somebody who never signs in, and who waits where they are told to."""

    def __init__(self, site: str) -> None:
        self.site, self.again = site, 0
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()), _AsAnswered)

    def give(self, page: str, answers: dict[str, str], *, impatient: bool = False) -> Answer:
        """A page's answers, as its own form sends them."""
        token = self.open(page.partition("?")[0] if "keep" not in page else "/tell").hidden("csrfmiddlewaretoken")
        while True:
            answer = self.send(page, {"csrfmiddlewaretoken": token, **answers}, impatient=impatient)
            if answer.status != WAIT:
                return answer
            time.sleep(3)

    def tells(self, mark: str, *, impatient: bool) -> str:
        """One report from start to receipt: its reference. Words that were kept must stand on the page afterwards."""
        assert self.give("/tell", START).to == "/tell/where"
        assert self.give("/tell/where", {"name": f"The gate {mark}"}).to == "/tell/what"
        assert self.give("/tell/keep?of=/tell/what", {"what": f"Half a {mark}"}).status == 200
        assert f"Half a {mark}" in self.open("/tell/what").body
        assert self.give("/tell/what", {"what": f"He waits: {mark}"}).to == "/tell/people"
        assert self.give("/tell/people", {}).to == "/tell/you"
        assert self.give("/tell/you", {"email": f"{mark}@school.example"}).to == "/tell/check"
        shown = self.open("/tell/check")
        assert f"He waits: {mark}" in shown.body
        assert f"The gate {mark}" in shown.body
        sent = self.send(
            "/tell/check", {"csrfmiddlewaretoken": shown.hidden("csrfmiddlewaretoken")}, impatient=impatient
        )
        while sent.status == WAIT:
            time.sleep(3)
            sent = self.give("/tell/check", {})
        assert sent.to == "/tell/done", sent
        return str(self.open("/tell/done").page.select_one(".kith-receipt dd").text)  # type: ignore[union-attr]


@pytest.fixture
def served(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site with a front door, so that somebody receives what is told."""
    made = copy_of_a_home(tmp_path / "home", tmp_path_factory)
    made.run("-c", PLANT)
    made.start()
    yield made
    made.stop()


def test_killed_while_people_tell_us_nothing_is_lost_and_nothing_doubled(served: Served) -> None:
    receipts: dict[str, str] = {}  # each report's mark → its reference
    over, chance, again = threading.Event(), random.Random(KILLS), []
    with ThreadPoolExecutor(max_workers=2) as people:
        doing = [people.submit(tell_until, served.site, turn, receipts, over, again) for turn in (1, 2)]
        try:
            for turn in range(KILLS):
                until_more_is_told(receipts, doing)
                time.sleep(chance.uniform(0, 1.5))
                kill(served, turn)
            until_more_is_told(receipts, doing)
        finally:
            over.set()
    for one in doing:
        one.result()
    assert sum(again) > 0
    every_report_stands_once(served, receipts)


def tell_until(site: str, number: int, receipts: dict[str, str], over: threading.Event, again: list[int]) -> None:
    """Report after report, every other one sent without waiting for the first answer."""
    visitor, turn = Visitor(site), number
    while not over.is_set():
        mark, turn = uuid4().hex, turn + 1
        receipts[mark] = visitor.tells(mark, impatient=turn % 2 == 0)
    again.append(visitor.again)


def until_more_is_told(receipts: dict[str, str], doing: list[Future[Any]]) -> None:
    wanted, deadline = len(receipts) + 1, time.monotonic() + PATIENCE
    while len(receipts) < wanted:
        assert not any(one.done() for one in doing), [one.exception() for one in doing if one.done()]
        assert time.monotonic() < deadline, f"only {len(receipts)} reports were answered"
        time.sleep(0.05)


def every_report_stands_once(served: Served, receipts: dict[str, str]) -> None:
    contacts = ask(served, "select reference, what, \"where\"->>'name' from front_door_contact")
    assert Counter(what.rpartition(" ")[2] for _, what, _ in contacts) == Counter(receipts.keys())
    assert {what.rpartition(" ")[2]: reference for reference, what, _ in contacts} == receipts
    assert {where.rpartition(" ")[2] for _, _, where in contacts} == set(receipts)
    letters = ask(served, "select \"to\" from letters_letter where about like 'contact:%'")
    assert Counter(to for (to,) in letters) == Counter(f"{mark}@school.example" for mark in receipts)
    assert ask(served, "select count(*) from doors_reportsofar where sent_at is not null and pages <> '{}'") == [(0,)]
