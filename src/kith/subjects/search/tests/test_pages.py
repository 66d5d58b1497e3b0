"""The search page: what it shows whom, what it keeps, what it never reveals."""

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.subjects.models import Subject
from kith.subjects.search import refresh
from tests.support.cast import Cast, let_in, make_cast, make_headline, make_person

pytestmark = pytest.mark.django_db
RING = [{"worker": "Asha Rahman", "role": "Social worker", "agency": "Severnmouth Council", "phone": "01632 960110"}]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def amara(cast: Cast) -> Subject:
    amara = make_person("Amara Okafor", date_of_birth=date(2011, 3, 11), headline=False, postcode="QX1 4QR")
    make_headline(amara, date_of_birth=date(2011, 3, 11), ring=RING)
    let_in(amara, cast.asha)
    fill(cast)
    return amara


def fill(cast: Cast) -> None:
    with viewing_as(cast.loader):
        refresh()


def page(viewer: Viewer, text: str, **headers: str) -> BeautifulSoup:
    client = Client()
    client.force_login(viewer)
    answer = client.get("/search", {"q": text}, headers=headers)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def test_an_open_record_shows_name_age_and_why(cast: Cast, amara: Subject) -> None:
    shown = page(cast.asha, "amra okafor 3/11/2011").select_one(".kith-results__item")
    assert shown is not None
    text = " ".join(shown.get_text(" ").split())
    assert "Amara Okafor" in text
    assert "QX1 4QR" in text
    assert "spelt nearly like" in text
    assert "day and month the other way round" in text
    assert shown.a["href"] == f"/records/{amara.pk}/"


def test_a_headline_shows_whom_to_ring_and_says_what_is_withheld(cast: Cast, amara: Subject) -> None:
    text = " ".join(page(cast.ben, "Amara Okafor 11/3/2011").select_one(".kith-results__item").get_text(" ").split())
    assert "01632 960110" in text
    assert "Asha Rahman" in text
    assert "Only that they are known, and whom to ring, is open to you" in text
    assert "QX1 4QR" not in text


def test_no_result_says_what_was_tried_and_what_to_do(cast: Cast, amara: Subject) -> None:
    text = page(cast.ben, "Nobody Atall 1/2/2012").main.get_text(" ")
    assert "the name “Nobody Atall”" in text
    assert "1 Feb 2012" in text
    assert "same answer" in text


def test_another_authority_cannot_tell_her_from_a_name_made_up(cast: Cast, amara: Subject) -> None:
    def bare(text: str) -> str:
        client = Client()
        client.force_login(cast.dev)
        answer = client.get("/search", {"q": text}).content.decode()
        answer = re.sub(r'value="[^"]{64}"', 'value=""', answer)  # the form token, new on every page
        return answer.replace(text, "…").replace(text.title(), "…")

    assert bare("amara okafor") == bare("quilla fendom")
    assert "amara okafor" not in bare("amara okafor")


def test_each_search_is_recorded_with_what_was_typed_and_who_was_shown(cast: Cast, amara: Subject) -> None:
    page(cast.asha, "amara")
    page(cast.dev, "amara")
    asked, empty = AuditEvent.objects.filter(action="search").order_by("pk")
    assert (asked.viewer_id, asked.subjects, asked.details["typed"]) == (cast.asha.pk, [amara.pk], "amara")
    assert (empty.viewer_id, empty.subjects, empty.details["found"]) == (cast.dev.pk, [], 0)


def test_while_typing_only_the_results_are_answered(cast: Cast, amara: Subject) -> None:
    part = page(cast.asha, "ama", **{"HX-Request": "true"})
    assert part.find("html") is None
    assert "Amara Okafor" in part.get_text()


def test_roles_that_read_no_records_do_not_search(cast: Cast, amara: Subject) -> None:
    for viewer in (cast.ellis, cast.gwen, cast.idris):
        client = Client()
        client.force_login(viewer)
        assert client.get("/search", {"q": "amara"}).status_code == 403


def test_nobody_signed_in_is_asked_to(amara: Subject) -> None:
    assert Client().get("/search", {"q": "amara"}).status_code == 302


def test_more_results_take_no_more_queries_and_come_in_pages(cast: Cast, amara: Subject) -> None:
    client = Client()
    client.force_login(cast.asha)
    client.get("/search", {"q": "okafor"})
    with CaptureQueriesContext(connection) as few:
        client.get("/search", {"q": "okafor"})
    for number in range(14):
        let_in(make_person(f"Amara{number} Okafor"), cast.asha)
    fill(cast)
    with CaptureQueriesContext(connection) as many:
        first = BeautifulSoup(client.get("/search", {"q": "okafor"}).content, "html.parser")
    assert len(many) == len(few)
    assert len(first.select(".kith-results__item")) == 10
    following = first.find("a", rel="next")["href"]
    second = BeautifulSoup(client.get(following).content, "html.parser")
    assert len(second.select(".kith-results__item")) == 5
    assert second.find("ol")["start"] == "11"


@pytest.mark.parametrize(
    "text", ["", " ", "'; drop table x", "\x00", "%" * 300, "1/1/1", "31/02/2011", "@", "٣", "🙂", "a" * 5000]
)
def test_anything_may_be_typed(cast: Cast, amara: Subject, text: str) -> None:
    page(cast.asha, text)


def test_the_rule_is_shown_in_words(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.asha)
    assert "whom to ring" in client.get("/help/search").content.decode()
