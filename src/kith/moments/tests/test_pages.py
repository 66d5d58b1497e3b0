"""The pages of critical moments, as they are filled in and sent."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kith.moments.models import Moment
from kith.moments.tests.telling import NHS, add_tess, on_call, tell
from tests.support.cast import NOW, Cast, let_in, make_person

pytestmark = pytest.mark.django_db
TOLD = {"nhs_number": "943 476 5919", "kind": "injury", "still_there": "yes", "callback": "01632 960103"}


@pytest.fixture(autouse=True)
def at_four() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def signed_in(who: Any) -> Client:
    client = Client()
    client.force_login(who)
    return client


def test_told_in_five_answers_and_followed_by_its_number(cast: Cast) -> None:
    amara = make_person(nhs_number=NHS)
    on_call(cast, cast.sol)
    client = signed_in(cast.carol)
    page = client.post("/moments/new", TOLD, follow=True).content.decode()
    moment = Moment.objects.get()
    assert f"Told as {moment.reference}. Whoever is on call was paged; you are rung back by today, 5:10 pm." in page
    assert "Whoever is on call was paged. You are rung back by today, 5:10 pm." in page
    assert moment.subject_id == amara.pk
    assert "Amara" not in page
    assert "on record" not in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"nhs_number": "943 476 5918"}, "does not fit the others"),
        ({"nhs_number": ""}, "Give the NHS number, or the name and the date of birth"),
        ({"nhs_number": "", "name": "Amara Osei"}, "Give the NHS number, or the name and the date of birth"),
        ({"callback": "ext"}, "Enter a number that can be rung"),
        ({"kind": ""}, "Answer the question: What has happened?"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_else(cast: Cast, wrong: dict[str, str], said: str) -> None:
    page = signed_in(cast.carol).post("/moments/new", {**TOLD, **wrong}).content.decode()
    assert said in page
    assert not Moment.objects.exists()


def test_where_nobody_answers_it_says_whom_to_ring(cast: Cast) -> None:
    cast.response.delete()
    answer = signed_in(cast.carol).post("/moments/new", TOLD)
    assert (answer.status_code, "Ring the front door" in answer.content.decode()) == (403, True)


def test_taken_rung_back_offered_and_closed_on_its_page(cast: Cast) -> None:
    make_person(nhs_number=NHS)
    on_call(cast, cast.sol)
    moment = tell(cast)
    client, address = signed_in(cast.sol), f"/moments/{moment.pk}/"
    assert "Amara Osei" in client.get(address).content.decode()
    assert "It is yours." in client.post(address, {"do": "take"}, follow=True).content.decode()
    client.post(address, {"do": "called"})
    page = client.post(address, {"do": "offer", "service": "mentor", "answer": ""}).content.decode()
    assert "Choose" in page
    client.post(address, {"do": "offer", "service": "mentor", "answer": "waiting"})
    page = client.post(address, {"do": "close", "came_of": "He will ring on Friday."}, follow=True).content.decode()
    for words in ("Closed. What came of it is kept.", "He will ring on Friday.", "A mentor", "done in time"):
        assert words in page, words


def test_the_list_is_narrowed_and_taken_away_without_a_name(cast: Cast) -> None:
    make_person(nhs_number=NHS)
    tell(cast)
    tell(cast, kind="court", nhs_number="", name="Bola Ade", born=date(2010, 1, 2))
    client = signed_in(cast.sol)
    page = client.get("/moments/").content.decode()
    assert page.index("First time in court") > 0
    assert "not found on record yet" in page
    assert "Injury or assault" not in client.get("/moments/?kind=court").content.decode().split("</form>")[-1]
    assert "Nothing here" in client.get("/moments/?mine=yes").content.decode()
    said = client.get("/moments/list.csv").content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(said)))) == 3
    assert not any(word in said for word in ("Amara", "Bola", NHS))


def test_the_manager_reads_the_list_and_finds_what_she_was_paged_for(cast: Cast) -> None:
    on_call(cast, cast.sol)
    tell(cast)
    assert "Nothing here" in signed_in(cast.hana).get("/moments/").content.decode()


def test_somebody_told_misspelt_is_found_on_record(cast: Cast) -> None:
    from kith.subjects.search import refresh

    amara = make_person(nhs_number=NHS)
    refresh()
    moment = tell(cast, nhs_number="", name="Amarra Osei", born=date(2010, 12, 8))
    client = signed_in(cast.sol)
    page = client.get(f"/moments/{moment.pk}/match").content.decode()
    assert "It is Amara Osei" in page
    client.post(f"/moments/{moment.pk}/match", {"subject": amara.pk})
    assert Moment.objects.get().subject_id == amara.pk
    client.post(f"/moments/{moment.pk}/match", {"do": "part"})
    assert Moment.objects.get().subject_id is None


def test_ten_more_moments_add_no_query(cast: Cast) -> None:
    add_tess(cast)
    amara = make_person(nhs_number=NHS)
    let_in(amara, cast.asha)
    client = signed_in(cast.sol)
    tell(cast)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/moments/").status_code == 200
        return len(queries)

    asked()
    before = asked()
    for number in range(10):
        tell(cast, nhs_number=NHS if number % 2 else "4010232137")
    assert asked() == before


def test_titles_name_nobody(cast: Cast) -> None:
    make_person(nhs_number=NHS)
    moment = tell(cast)
    client = signed_in(cast.sol)
    for address in ("/moments/", f"/moments/{moment.pk}/", f"/moments/{moment.pk}/match"):
        title = client.get(address).content.decode().split("<title>")[1].split("</title>")[0]
        assert "Amara" not in title
        assert "Osei" not in title
    assert timedelta(minutes=60) == moment.call_back_by - moment.told_at


def test_what_is_open_stands_on_the_handover_list(cast: Cast) -> None:
    on_call(cast, cast.sol)
    moment = tell(cast)
    client = signed_in(cast.sol)
    assert moment.reference in client.get("/on-call/handover").content.decode()
    page = client.post("/on-call/handover", {"text": "It waits for the school"}, follow=True).content.decode()
    assert "It waits for the school" in page
