"""Match review as its users have it: only for data officers, only what is under review, decided, undone."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.linkage.models import Judgement, Match, SourceRecord
from kith.linkage.settling.under_review import note_open_work, refresh_under_review
from kith.subjects.models import Person, Reference, Subject
from tests.support.cast import Cast

from .delivered import says, works_with
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


def _queue(words: str, *names: str) -> list[str]:
    """The names in the order in which the page has them; those it lacks left out."""
    return sorted((name for name in names if name in words), key=words.index)


def _grown_up_match(cast: Cast) -> Match:
    """Two adults whose records are more alike than any child's."""
    sam = says("police", "G1", first_name="Samuel", last_name="Grant", date_of_birth="1984-02-03", is_child=False)
    samuel = says("council", "G2", first_name="Sam", last_name="Grant", date_of_birth="1984-03-02", is_child=False)
    placed(cast, (sam,), (samuel,))
    return unsure(sam, samuel, 9.0)


def test_children_come_first_then_those_whom_somebody_works_with_then_the_most_alike(
    cast: Cast, client: Client, two_matches: tuple[Match, Match]
) -> None:
    _grown_up_match(cast)
    client.force_login(cast.gwen)
    names = ("Zofia Nowak", "Ali Khan", "Samuel Grant")
    words = _words(_page(client, "/matches/"))
    assert _queue(words, *names) == ["Zofia Nowak", "Ali Khan", "Samuel Grant"]
    assert _queue(_words(_page(client, "/matches/?order=strongest")), *names)[0] == "Samuel Grant"
    assert "somebody works with one of them" not in words
    works_with(two_matches[1].left, cast.council, "asha@example.org")
    with transaction.atomic(), connection.cursor() as cursor:
        note_open_work(cursor, today=timezone.localdate())
    words = _words(_page(client, "/matches/"))
    assert _queue(words, *names) == ["Ali Khan", "Zofia Nowak", "Samuel Grant"]
    assert "A child; somebody works with one of them" in words


def test_the_queue_is_narrowed_to_children_or_adults_and_stays_so_while_deciding(
    cast: Cast, client: Client, two_matches: tuple[Match, Match]
) -> None:
    grown_up = _grown_up_match(cast)
    client.force_login(cast.gwen)
    children, adults = (_words(_page(client, f"/matches/?who={who}")) for who in ("children", "adults"))
    assert "Matches to decide (2)" in children
    assert "Samuel Grant" not in children
    assert "Matches to decide (1)" in adults
    assert "Zofia" not in adults
    soup = _page(client, "/matches/")
    chosen = soup.select_one("input[name=who][checked]")
    assert chosen is not None
    assert (len(soup.select("input[name=who]")), chosen["value"]) == (3, "all")
    response = client.post(f"/matches/{grown_up.pk}/?who=adults", {"basis": "records", "verdict": "different"})
    assert response.headers["Location"] == "/matches/?who=adults"
    soup = _page(client, "/matches/?who=adults")
    assert "Nothing to decide among these" in _words(soup)
    assert soup.select_one('.kith-empty a[href="/matches/"]')


def test_two_people_whose_records_meet_many_times_are_one_question(
    cast: Cast, client: Client, two_matches: tuple[Match, Match]
) -> None:
    zofia, zosia = Reference.objects.get(system="school", key="1"), Reference.objects.get(system="police", key="N1")
    unsure(zofia, zosia, 3.5)
    client.force_login(cast.gwen)
    assert Match.objects.filter(outcome="unsure").count() == 3
    assert "Matches to decide (2)" in _words(_page(client, "/matches/"))
    with transaction.atomic(), connection.cursor() as cursor:
        assert refresh_under_review(cursor, today=timezone.localdate()) == 2


def test_a_long_queue_is_turned_page_by_page_with_links(
    cast: Cast, client: Client, two_matches: tuple[Match, Match]
) -> None:
    pairs = [(says("school", f"s{i}", first_name=f"A{i}"), says("police", f"p{i}", first_name=f"A{i}"))
             for i in range(26)]  # fmt: skip
    placed(cast, *[(reference,) for pair in pairs for reference in pair])
    for left, right in pairs:
        unsure(left, right, 1.0)
    client.force_login(cast.gwen)
    soup = _page(client, "/matches/?who=children")
    assert "Page 1 of 2: 28 matches" in _words(soup)
    link = soup.select_one('nav a[rel="next"]')
    assert link is not None
    assert len(_page(client, f"/matches/{link['href']}").select("tbody tr")) == 3


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
