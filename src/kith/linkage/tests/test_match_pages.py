"""Match review as its users have it: only for data officers, only what is under review, decided, undone."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.linkage.models import Judgement, Match, SourceRecord
from kith.subjects.models import Person, Reference, Subject
from tests.support.cast import Cast

from .delivered import says
from .test_judging import placed, unsure

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_matches(cast: Cast) -> tuple[Match, Match]:
    """Zofia (known to two agencies) and Zosia; Ali Khan and Aly Khan; and Tia, whom nobody wonders about."""
    zofia = says("school", "1", first_name="Zofia", last_name="Nowak", date_of_birth="2013-03-20", postcode="QX7 6RS")
    also = says("council", "A1", first_name="Zofia", last_name="Nowak", date_of_birth="2013-03-20", religion="None")
    zosia = says("police", "N1", first_name="Zosia", last_name="Nowak", date_of_birth="2013-03-02")
    ali = says("school", "2", first_name="Ali", last_name="Khan", date_of_birth="2012-01-15")
    aly = says("police", "N2", first_name="Aly", last_name="Khan", date_of_birth="2012-01-15")
    tia = says("school", "3", first_name="Tia", last_name="Brennan", date_of_birth="2011-05-05")
    placed(cast, (zofia, also), (zosia,), (ali,), (aly,), (tia,))
    return unsure(also, zosia, 4.0), unsure(ali, aly, 2.0)


def _page(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200, response
    return BeautifulSoup(response.content, "html.parser")


def _words(soup: BeautifulSoup) -> str:
    return " ".join(soup.main.get_text(" ").split())  # type: ignore[union-attr]


def test_an_officer_sees_in_the_database_what_is_under_review_and_no_more(cast: Cast, two_matches: Any) -> None:
    with viewing_as(cast.gwen):
        assert set(SourceRecord.objects.values_list("feed", "reference__key")) == {
            ("school-feed", "1"), ("council-feed", "A1"), ("police-feed", "N1"),
            ("school-feed", "2"), ("police-feed", "N2"),
        }  # fmt: skip
        assert Reference.objects.count() == 5
        assert (Subject.objects.count(), Person.objects.count()) == (0, 0)
    for viewer in (cast.asha, cast.dev, cast.ellis, cast.hana, cast.idris, cast.farah):
        with viewing_as(viewer):
            assert (Match.objects.count(), SourceRecord.objects.count(), Reference.objects.count()) == (0, 0, 0)


def test_the_queue_lists_what_awaits_a_decision(cast: Cast, client: Client, two_matches: Any) -> None:
    client.force_login(cast.gwen)
    words = _words(_page(client, "/matches/"))
    assert "Matches to decide (2)" in words
    assert "Zofia Nowak" in words
    assert "born 20 March 2013" in words
    assert words.index("Zofia Nowak") < words.index("Ali Khan")
    words = _words(_page(client, "/matches/?order=weakest"))
    assert words.index("Ali Khan") < words.index("Zofia Nowak")
    assert "Tia" not in words


def test_two_people_stand_side_by_side_with_the_sentence_on_top(cast: Cast, client: Client, two_matches: Any) -> None:
    client.force_login(cast.gwen)
    soup = _page(client, f"/matches/{two_matches[0].pk}/")
    words = _words(soup)
    assert "urname" in soup.select_one(".govuk-body-l").get_text()  # type: ignore[union-attr]
    assert "20 March 2013" in words
    assert "2 March 2013" in words
    assert "Every record (3)" in words
    assert "Religion" not in words
    assert [button.get_text(strip=True) for button in soup.select("form.kith-decide button")] == [
        "Same person", "Different people", "Not sure",
    ]  # fmt: skip
    line = AuditEvent.objects.get(action="read-match")
    assert line.because == "An unsure match to be decided"
    assert len(line.subjects) == 2


def test_deciding_opens_the_next_one_with_undo_and_undo_puts_it_back(
    cast: Cast, client: Client, two_matches: Any
) -> None:
    client.force_login(cast.gwen)
    first, second = two_matches
    left, right = first.left, first.right
    answer = {"basis": "worker", "more": "Her aunt calls her Zosia", "verdict": "same"}
    response = client.post(f"/matches/{first.pk}/", answer)
    assert response.headers["Location"] == f"/matches/{second.pk}/"
    judgement = Judgement.objects.get()
    assert judgement.reason == "Somebody who works with them told me. Her aunt calls her Zosia"
    assert judgement.evidence["left"]["name"] == "Zofia Nowak"
    left.refresh_from_db()
    right.refresh_from_db()
    assert left.subject_id == right.subject_id
    soup = _page(client, f"/matches/{second.pk}/")
    assert "You decided: Same person ." in _words(soup)
    undo = soup.select_one("form.kith-undo")
    assert undo is not None
    response = client.post(undo["action"], {"undo": "yes"}, follow=True)
    assert "The decision is taken back" in response.content.decode()
    right.refresh_from_db()
    assert left.subject_id != right.subject_id
    judgement.refresh_from_db()
    assert judgement.withdrawn_because == "Undone straight after"
    assert client.get(f"/matches/{first.pk}/").status_code == 200


def test_the_last_decision_returns_to_an_empty_queue(cast: Cast, client: Client, two_matches: Any) -> None:
    client.force_login(cast.gwen)
    for match in two_matches:
        response = client.post(f"/matches/{match.pk}/", {"basis": "records", "verdict": "different"})
    assert response.headers["Location"] == "/matches/"
    assert "Nothing to decide" in _words(_page(client, "/matches/"))
    assert client.get(f"/matches/{two_matches[0].pk}/").status_code == 404


def test_a_decision_without_how_it_is_known_is_asked_again_and_keeps_what_was_typed(
    cast: Cast, client: Client, two_matches: Any
) -> None:
    client.force_login(cast.gwen)
    response = client.post(f"/matches/{two_matches[0].pk}/", {"more": "Her aunt", "verdict": "same"})
    assert response.status_code == 422
    assert "Her aunt" in response.content.decode()
    assert not Judgement.objects.exists()


def test_decisions_are_listed_and_withdrawn_later_with_a_reason(cast: Cast, client: Client, two_matches: Any) -> None:
    client.force_login(cast.gwen)
    client.post(f"/matches/{two_matches[0].pk}/", {"basis": "records", "verdict": "same"})
    Judgement.objects.update(at=timezone.now() - timezone.timedelta(days=3))
    judgement = Judgement.objects.get()
    words = _words(_page(client, "/judgements/"))
    assert "Zofia Nowak, born 20 March 2013 and Zosia Nowak" in words
    assert "You decided" not in _words(_page(client, "/matches/"))
    address = f"/judgements/{judgement.pk}/withdraw"
    assert client.post(address, {"undo": "yes"}).status_code == 422
    assert client.post(address, {"reason": "Two cousins"}).status_code == 302
    assert "Two cousins" in _words(_page(client, "/judgements/?show=withdrawn"))


@pytest.mark.parametrize("who", ["asha", "ben", "carol", "dev", "ellis", "farah", "hana", "idris"])
def test_nobody_else_comes_near(cast: Cast, client: Client, two_matches: Any, who: str) -> None:
    client.force_login(getattr(cast, who))
    for address in ("/matches/", f"/matches/{two_matches[0].pk}/", "/judgements/", "/judgements/1/withdraw"):
        response = client.get(address)
        assert response.status_code in (403, 404)
        assert "Nowak" not in response.content.decode()
    assert client.post(f"/matches/{two_matches[0].pk}/", {"basis": "records", "verdict": "same"}).status_code == 403
    assert not Judgement.objects.exists()


def test_more_matches_add_no_query(cast: Cast, client: Client, two_matches: Any) -> None:
    client.force_login(cast.gwen)
    _page(client, "/matches/")
    with CaptureQueriesContext(connection) as few:
        _page(client, "/matches/")
    pairs = [
        (says("school", f"s{i}", first_name=f"A{i}"), says("police", f"p{i}", first_name=f"A{i}")) for i in range(10)
    ]
    placed(cast, *[(reference,) for pair in pairs for reference in pair])
    for left, right in pairs:
        unsure(left, right, 1.0)
    with CaptureQueriesContext(connection) as many:
        assert "(12)" in _words(_page(client, "/matches/"))
    assert len(many) == len(few)


def test_which_restricted_service_holds_a_record_is_not_told(cast: Cast, client: Client, two_matches: Any) -> None:
    police = SourceRecord.objects.get(feed="police-feed", reference__key="N1")
    police.scope.kind = "restricted"  # type: ignore[union-attr]
    police.scope.save()  # type: ignore[union-attr]
    client.force_login(cast.gwen)
    words = _words(_page(client, f"/matches/{two_matches[0].pk}/"))
    assert "A restricted service" in words
    assert "police" not in words.lower()
