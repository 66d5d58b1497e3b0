"""Records joined wrongly: a worker asks, a data officer parts exactly what was chosen, and it can be undone."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import ProgrammingError
from django.test import Client

from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.linkage.actions import NotDecided, withdraw
from kith.linkage.models import Judgement, PartingRequest, SourceRecord
from kith.linkage.parting import ask_to_part, decide_parting, part
from kith.linkage.rules.judging import Verdict
from kith.subjects.models import Reference
from tests.support.cast import NOW, Cast, let_in

from .delivered import says
from .test_judging import LATER, placed

pytestmark = pytest.mark.django_db
BORN = {"last_name": "Nowak", "date_of_birth": "2013-03-20", "postcode": "QX7 6RS"}
TWINS = tuple[Reference, Reference, Reference, Reference]


@pytest.fixture
def twins(cast: Cast) -> TWINS:
    """Zofia's two records and her twin sister Zosia's two, joined as if they were one child's."""
    school = says("school", "1", first_name="Zofia", **BORN)
    council = says("council", "A1", first_name="Zofia", **BORN)
    health = says("health", "H1", first_name="Zosia", **BORN)
    police = says("police", "N1", first_name="Zosia", **BORN)
    placed(cast, (school, council, health, police))
    let_in(school.subject, cast.asha)  # type: ignore[arg-type]
    return school, council, health, police


def subjects(*references: Reference) -> list[int | None]:
    for one in references:
        one.refresh_from_db()
    return [one.subject_id for one in references]


def ids(*references: Reference) -> list[int]:
    return [one.pk for one in references]


def ask(cast: Cast, twins: TWINS, **changes: Any) -> PartingRequest:
    school = twins[0]
    given = {"subject_id": school.subject_id, "everybody": ids(*twins), "chosen": ids(*twins[2:]), "by": cast.asha}
    with viewing_as(given["by"]):
        return ask_to_part(**given | {"reason": "She has a twin sister", "now": NOW} | changes)


def test_what_a_worker_asks_moves_nothing_and_opens_those_records_to_the_officer(cast: Cast, twins: TWINS) -> None:
    before = subjects(*twins)
    with viewing_as(cast.gwen):
        assert not SourceRecord.objects.exists()
    request = ask(cast, twins)
    assert ask(cast, twins).pk == request.pk  # the same asked twice is one request
    assert subjects(*twins) == before
    with viewing_as(cast.gwen):
        assert set(SourceRecord.objects.values_list("reference_id", flat=True)) == set(ids(*twins))
    assert AuditEvent.objects.get(action="ask-to-part").subjects == [before[0]]


@pytest.mark.parametrize("who", ["ben", "carol", "dev", "ellis", "farah", "idris"])
def test_a_request_is_read_by_who_asked_and_by_officers(cast: Cast, twins: TWINS, who: str) -> None:
    ask(cast, twins)
    with viewing_as(getattr(cast, who)):
        assert not PartingRequest.objects.exists()
    for reader in (cast.asha, cast.gwen):
        with viewing_as(reader):
            assert PartingRequest.objects.count() == 1


def test_nobody_asks_in_anothers_name(cast: Cast, twins: TWINS) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), viewing_as(cast.dev):
        PartingRequest.objects.create(chosen=[twins[0].pk], reason="x", by=cast.asha, at=NOW)


def test_the_officer_parts_exactly_what_was_chosen_and_can_undo_it(cast: Cast, twins: TWINS) -> None:
    before = subjects(*twins)
    request = ask(cast, twins)
    with viewing_as(cast.gwen):
        how = {"everybody": ids(*twins), "reason": "The school told me", "by": cast.gwen, "now": LATER}
        decide_parting(request=request, verdict=Verdict.DIFFERENT, **how)
    school, council, health, police = subjects(*twins)
    assert school == council
    assert health == police
    assert school != health
    request.refresh_from_db()
    assert (request.verdict, request.decided_by, request.note) == ("different", cast.gwen, "The school told me")
    with viewing_as(cast.gwen):
        assert not SourceRecord.objects.exists()  # nothing awaits her any more
    withdraw(judgement=Judgement.objects.get(verdict="different"), reason="No twin", by=cast.gwen, now=LATER)
    assert subjects(*twins) == before


def test_records_that_the_engine_would_keep_together_are_parted_as_chosen(cast: Cast, twins: TWINS) -> None:
    """One of Zofia's own records is said to be somebody else's, although it is the image of the other."""
    school, council, health, police = twins
    with viewing_as(cast.gwen):
        part(everybody=ids(*twins), chosen=ids(council), reason="Asked both", by=cast.gwen, now=LATER)
    one, other, *rest = subjects(school, council, health, police)
    assert other not in (one, *rest)
    assert set(rest) == {one}


def test_left_together_nothing_moves_and_who_asked_reads_why(cast: Cast, client: Client, twins: TWINS) -> None:
    before = subjects(*twins)
    request = ask(cast, twins)
    client.force_login(cast.gwen)
    address = f"/partings/{request.pk}/"
    words = BeautifulSoup(client.get(address).content, "html.parser").main.text  # type: ignore[union-attr]
    assert "She has a twin sister" in words
    assert "Zosia" in words
    refused = client.post(address, {"verdict": "same", "reason": ""})
    assert refused.status_code == 422
    assert client.post(address, {"verdict": "same", "reason": "Zosia is what she is called"}).status_code == 302
    assert subjects(*twins) == before
    assert client.get(address).status_code == 404
    client.force_login(cast.asha)
    page = client.get(f"/records/{before[0]}/not-theirs").content.decode()
    assert "The records stay together" in page
    assert "Zosia is what she is called" in page


def test_a_worker_asks_on_the_page_and_the_officer_finds_it_in_the_queue(
    cast: Cast, client: Client, twins: TWINS
) -> None:
    client.force_login(cast.asha)
    address = f"/records/{twins[0].subject_id}/not-theirs"
    assert address in client.get(f"/records/{twins[0].subject_id}/").content.decode()
    everything = client.post(address, {"chosen": ids(*twins), "reason": "All of them"})
    assert (everything.status_code, "Leave at least one record" in everything.content.decode()) == (422, True)
    assert client.post(address, {"chosen": [], "reason": "Some"}).status_code == 422
    assert client.post(address, {"chosen": [999], "reason": "Some"}).status_code == 422
    done = client.post(address, {"chosen": ids(*twins[2:]), "reason": "She has a twin sister"}, follow=True)
    assert "Nothing is moved until they decide" in done.content.decode()
    client.force_login(cast.gwen)
    assert "She has a twin sister" in client.get("/matches/").content.decode()
    direct = client.post(address, {"chosen": ids(*twins[2:]), "reason": "The school told me"})
    assert direct["Location"] == "/matches/"
    school, _, health, _ = subjects(*twins)
    assert school != health


def test_only_who_works_with_them_asks_and_only_officers_decide(cast: Cast, client: Client, twins: TWINS) -> None:
    address = f"/records/{twins[0].subject_id}/not-theirs"
    for who in (cast.dev, cast.farah, cast.ellis, cast.gwen, cast.idris):
        client.force_login(who)
        assert client.get(address).status_code == 404, who
    request = ask(cast, twins)
    how = {"everybody": ids(*twins), "reason": "Mine", "by": cast.asha, "now": LATER}
    with pytest.raises(NotAllowed):
        decide_parting(request=request, verdict=Verdict.DIFFERENT, **how)
    with pytest.raises(NotDecided):
        ask(cast, twins, chosen=[])
