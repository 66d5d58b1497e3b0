"""Networks on pages: purpose first, only what is open, no link without evidence, kept as it stood."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import networkx
import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kith.foundations.access.actions import end_opening
from kith.foundations.access.models import Opening
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.foundations.design_system import words
from kith.insight.actions.networks import Wanted, begin_network
from kith.insight.models import Network, Snapshot
from kith.insight.presenters.networks import Spot
from kith.insight.queries import networks_steps
from kith.insight.queries.networks import around, snapshot_of
from kith.insight.rules.networks import Mode
from kith.subjects.models import LinkEvidence, Person, Subject
from tests.support.cast import Cast, let_in, make_group, make_link, make_person, make_place

pytestmark = pytest.mark.django_db
WHY = "To plan what keeps these friends safe after school"
TODAY = timezone.localdate()
LATELY = TODAY - timedelta(days=20)


@pytest.fixture
def amara(cast: Cast) -> Subject:
    """Asha may see Amara, Bo, the park and the group; of Cal only the headline; of Dan nothing at all."""
    child, bo = make_person("Amara Osei"), make_person("Bo Lindgren", headline=False)
    cal, dan = make_person("Cal Umber"), make_person("Dan Secretson", headline=False, is_child=False)
    park, group = make_place("Harbour Park"), make_group("Friday friends")
    for subject in (child, bo, park, group):
        let_in(subject, cast.asha)
    told = {"last_seen": LATELY, "recorded_at": timezone.now()}
    make_link(child, bo, text="They walk home together", written_by=cast.asha, **told)
    make_link(child, bo, kind="seen-with", text="Seen at the quay", feed="police", grade="seen", **told)
    make_link(child, park, kind="seen-at", text="Seen there twice", feed="youth", grade="seen", **told)
    make_link(bo, park, kind="seen-at", text="Seen there once", feed="youth", grade="reported", **told)
    make_link(bo, cal, text="Cal is a friend", feed="school", **told)
    make_link(cal, dan, kind="exploited-by", text="Whispered", feed="police", grade="suspected", **told)
    make_link(child, dan, kind="contacted-by", text="He rang her", feed="police", grade="suspected", **told)
    make_link(child, group, kind="part-of", text="She told us", feed="school", **told)
    return child


def drawn_for(cast: Cast, subject: Subject, mode: Mode = Mode.PROFESSIONAL, **more: Any) -> Network:
    with viewing_as(cast.asha):
        wanted = Wanted(WHY, ["6-1-e"], mode, [subject.pk], **more)
        return begin_network(wanted=wanted, by=cast.asha, now=timezone.now())


@pytest.fixture
def asha_asks(client: Client, cast: Cast) -> Client:
    client.force_login(cast.asha)
    return client


def test_purpose_and_lawful_basis_come_first_and_are_kept(asha_asks: Client, cast: Cast, amara: Subject) -> None:
    answer = asha_asks.get(reverse("network-new"))
    assert "Say first what it is for" in answer.content.decode()
    given = {"draw": "yes", "seed": str(amara.pk), "mode": "professional", "purpose": "because", "find": ""}
    refused = asha_asks.post(reverse("network-new"), given)
    assert "Say in a few words what the network is for" in refused.content.decode()
    assert "lawful basis" in refused.content.decode()
    done = asha_asks.post(reverse("network-new"), given | {"purpose": WHY, "bases": ["6-1-e"]})
    network = Network.objects.get()
    assert done["Location"] == reverse("network", args=[network.pk])
    assert (network.purpose, network.bases, network.seeds) == (WHY, ["6-1-e"], [amara.pk])
    asha_asks.get(done["Location"])
    asked, looked = AuditEvent.objects.filter(action__in=["begin-network", "see-network"]).order_by("pk")
    assert (asked.because, looked.because) == (WHY, WHY)
    assert amara.pk in looked.subjects


def test_it_begins_only_from_what_is_open(asha_asks: Client, cast: Cast, amara: Subject) -> None:
    closed = Subject.objects.get(name="Cal Umber")
    given = {"draw": "yes", "seed": str(closed.pk), "mode": "professional", "purpose": WHY, "bases": ["6-1-e"]}
    assert "Choose whom or what it begins from" in asha_asks.post(reverse("network-new"), given).content.decode()
    with viewing_as(cast.asha), pytest.raises(Exception, match="open to you"):
        begin_network(wanted=Wanted(WHY, ["6-1-e"], Mode.PROFESSIONAL, [closed.pk]), by=cast.asha, now=timezone.now())
    with viewing_as(cast.asha), pytest.raises(NotAllowed, match="lawful basis"):
        begin_network(wanted=Wanted(WHY, [], Mode.PROFESSIONAL, [amara.pk]), by=cast.asha, now=timezone.now())
    assert not Network.objects.exists()


def test_two_steps_named_as_far_as_whoever_looks_may_name(asha_asks: Client, cast: Cast, amara: Subject) -> None:
    text = asha_asks.get(reverse("network", args=[drawn_for(cast, amara).pk])).content.decode()
    for seen in (
        "Amara Osei",
        "Bo Lindgren",
        "Cal Umber",
        "Harbour Park",
        "Friday friends",
        "somebody you may not see",
    ):
        assert seen in text
    assert "Secretson" not in text
    assert "Whispered" not in text
    soup = BeautifulSoup(text, "html.parser")
    lines = soup.select("a[data-ends]:not(.kith-network__gone)")
    rows = soup.select("#network-table tbody tr")
    assert len(lines) == len(rows) == 6
    assert {a["href"].split("?")[0] for a in lines} == {
        a["href"] for a in soup.select("#network-table a[data-evidence]")
    }
    shapes = {node["class"][1].rsplit("-", 1)[1] for node in soup.select("[data-node]")}
    assert shapes == {"person", "place", "group"}
    both = soup.select_one(f'a[data-ends="{amara.pk} {Subject.objects.get(name="Bo Lindgren").pk}"]')
    assert both is not None
    assert "kith-network__link--single" not in both["class"]
    assert "What is likely missing" in text
    assert "records that are not open to you" in text
    assert "5 of 6 links rest on a single source" in text


def test_every_link_of_a_picture_has_a_source_to_read(asha_asks: Client, cast: Cast, amara: Subject) -> None:
    network = drawn_for(cast, amara)
    soup = BeautifulSoup(asha_asks.get(reverse("network", args=[network.pk])).content, "html.parser")
    for line in soup.select("a[data-ends]"):
        read = asha_asks.get(line["href"], headers={"HX-Request": "true"})
        said = BeautifulSoup(read.content, "html.parser").select(".kith-network__said li")
        assert said, line.get_text()
        assert all("As of" in one.get_text() for one in said)
    with viewing_as(cast.asha):
        assert all(link.pieces for link in around([amara.pk]).links)
    with pytest.raises(IntegrityError), transaction.atomic():
        LinkEvidence.objects.filter(subject=amara).update(text="")


def test_what_connects_children_and_a_single_source_hidden(asha_asks: Client, cast: Cast, amara: Subject) -> None:
    Person.objects.filter(subject__name="Bo Lindgren").update(date_of_birth=TODAY.replace(year=TODAY.year - 12, day=1))
    Person.objects.filter(subject=amara).update(date_of_birth=TODAY.replace(year=TODAY.year - 16, day=1))
    address = reverse("network", args=[drawn_for(cast, amara).pk])
    soup = BeautifulSoup(asha_asks.get(address).content, "html.parser")
    listed = [one.get_text(" ", strip=True) for one in soup.select("details summary")]
    park = "Harbour Park, park or open space: linked with Amara Osei, Bo Lindgren; aged 12 to 16; known to youth"
    assert park in listed
    assert not any("known to written by" in one for one in listed)
    hidden = BeautifulSoup(asha_asks.get(address, {"single": "hide"}).content, "html.parser")
    assert len(hidden.select("a[data-ends]:not(.kith-network__gone)")) == 1
    assert len(hidden.select("#network-table tbody tr")) == 1


def test_names_stand_wholly_inside_the_picture() -> None:
    name = "somebody you may not see"
    for x, y in ((0, 10), (1000, 320), (500, 614), (20, 640)):
        at, under = Spot(1, "person", name, name, x, y, seed=False, there=True).named_at
        assert 90 < at < 910
        assert 0 < under < 636
    assert Spot(1, "person", "Bo", "Bo", 500, 300, seed=False, there=True).named_at == (500, 326)


def test_on_an_earlier_day_and_two_days_compared(asha_asks: Client, cast: Cast, amara: Subject) -> None:
    network = drawn_for(cast, amara)
    before = TODAY - timedelta(days=60)
    address = reverse("network", args=[network.pk])
    soup = BeautifulSoup(asha_asks.get(address, {"at": str(before)}).content, "html.parser")
    assert soup.select("#network-table tbody tr") == []
    assert len(soup.select("a[data-ends].kith-network__gone")) == 6  # what the slider may bring back
    changed = asha_asks.get(reverse("network-compare", args=[network.pk]), {"before": str(before)}).content.decode()
    said = BeautifulSoup(changed, "html.parser").select("main dd.govuk-summary-list__value")
    assert [one.get_text() for one in said] == ["6 links", "0 links", "0 links", "0 links"]
    part = asha_asks.get(address, {"part": "day", "at": str(LATELY)}, headers={"HX-Request": "true"})
    parts = BeautifulSoup(part.content, "html.parser").find_all(id=True, recursive=False)
    assert [one["id"] for one in parts] == ["network-missing", "network-table", "network-connects", "network-more"]
    for typed in ("rubbish", "0001-01-01", "9999-12-31"):
        assert asha_asks.get(address, {"at": typed}).status_code == 200
        assert asha_asks.get(reverse("network-compare", args=[network.pk]), {"at": typed}).status_code == 200


def test_whatever_a_day_of_a_network_leads_to_is_of_that_day(asha_asks: Client, cast: Cast, amara: Subject) -> None:
    bo, day = Subject.objects.get(name="Bo Lindgren"), LATELY + timedelta(days=2)
    later = {"first_seen": day + timedelta(days=5), "last_seen": day + timedelta(days=5)}
    make_link(amara, bo, kind="seen-with", text="At the fair", feed="youth", recorded_at=timezone.now(), **later)
    address = reverse("network", args=[drawn_for(cast, amara).pk])
    soup = BeautifulSoup(asha_asks.get(address, {"at": str(day)}).content, "html.parser")
    leads = [one["href"] for one in soup.select("[data-network] a, [id^=network-] a") if one["href"][0] == "/"]
    assert len(leads) > 15
    assert [href for href in leads if f"at={day}" not in href] == []
    assert {one["value"] for one in soup.select("[data-network] form [name=at]")} == {str(day)}
    evidence = reverse("network-link", args=[address.split("/")[3], amara.pk, bo.pk])
    page = BeautifulSoup(asha_asks.get(evidence, {"at": str(day)}).content, "html.parser")
    assert f"As it stood on {words.short_day(day)}" in page.get_text()
    said = [one.get_text(" ", strip=True) for one in page.select(".kith-network__said li")]
    assert ["after this day" in one for one in said] == [True, False, False]
    assert page.select_one(".govuk-back-link")["href"] == f"{address}?at={day}"
    gone = asha_asks.get(evidence, {"at": str(day - timedelta(days=90))}).content.decode()
    assert "It did not stand on this day" in gone
    assert "no longer" not in gone


def test_with_a_young_person_their_own_in_initials(asha_asks: Client, cast: Cast, amara: Subject) -> None:
    network = drawn_for(cast, amara, Mode.TOGETHER)
    answer = asha_asks.get(reverse("network", args=[network.pk])).content.decode()
    for name in ("Amara", "Lindgren", "Cal", "Umber", "Friday friends", "Secretson", "contacted", "may not see"):
        assert name not in answer.replace("A picture", ""), name
    soup = BeautifulSoup(answer, "html.parser")
    assert len(soup.select("a[data-ends]")) == 3  # Bo, the park, the group: no adult of concern, no friend of a friend
    assert {"A O", "B L", "Harbour Park", "a group"} == {one.get_text() for one in soup.select("[data-node] title")}
    for line in soup.select("a[data-ends]"):
        read = asha_asks.get(line["href"]).content.decode()
        assert "walk home together" not in read
        assert "police" not in read.lower()
        assert "Open to you" not in read
    both = Wanted(WHY, ["6-1-e"], Mode.TOGETHER, [amara.pk, Subject.objects.get(name="Bo Lindgren").pk])
    with viewing_as(cast.asha), pytest.raises(NotAllowed, match="one young person"):
        begin_network(wanted=both, by=cast.asha, now=timezone.now())


@pytest.mark.parametrize("form", ["graphml", "gexf", "csv"])
def test_taken_away_with_its_sources_and_recorded(asha_asks: Client, cast: Cast, amara: Subject, form: str) -> None:
    network = drawn_for(cast, amara)
    address = reverse("network-file", args=[network.pk, form])
    answer = asha_asks.get(address)
    assert answer.status_code == 200
    if form != "csv":
        read = networkx.read_graphml if form == "graphml" else networkx.read_gexf
        graph = read(io.BytesIO(answer.content))
        assert graph.number_of_edges() == 6
        assert all(data["sources"] for _, _, data in graph.edges(data=True))
    else:
        assert answer.content.decode("utf-8-sig").count("\n") == 7
    assert AuditEvent.objects.get(action="export-network").because == WHY
    assert asha_asks.get(reverse("network-file", args=[network.pk, "exe"])).status_code == 404
    cast.asha.set_password("harbour lantern ropewalk")
    cast.asha.save()
    asha_asks.force_login(cast.asha)
    assert asha_asks.get(address)["Location"].startswith("/accounts/reauthenticate/")


def test_nobody_elses_and_not_for_ever(asha_asks: Client, cast: Cast, amara: Subject) -> None:
    network = drawn_for(cast, amara)
    let_in(amara, cast.carol)
    for who in (cast.carol, cast.dev):
        asha_asks.force_login(who)
        assert asha_asks.get(reverse("network", args=[network.pk])).status_code == 404
    asha_asks.force_login(cast.uma)
    assert asha_asks.get(reverse("networks")).status_code == 403
    asha_asks.force_login(cast.asha)
    Network.objects.update(ends_on=TODAY)
    assert asha_asks.get(reverse("network", args=[network.pk])).status_code == 403
    Network.objects.update(ends_on=TODAY + timedelta(days=3))
    for opening in Opening.objects.filter(viewer=cast.asha, scope=amara.scope):
        end_opening(opening=opening, because="Work ended", by=cast.hana, now=timezone.now())
    assert asha_asks.get(reverse("network", args=[network.pk])).status_code == 403


def test_a_picture_is_kept_and_never_changes(asha_asks: Client, cast: Cast, amara: Subject) -> None:
    network = drawn_for(cast, amara)
    address = reverse("network-keep", args=[network.pk])
    assert "what does it not show" in asha_asks.post(address, {"narrative": ""}).content.decode()
    done = asha_asks.post(address, {"narrative": "Two friends who walk home by the park."}, follow=True)
    text = done.content.decode()
    assert "Two friends who walk home by the park." in text
    assert "They walk home together" in text
    kept = Snapshot.objects.get()
    assert len(kept.links) == 6
    assert all(link["evidence"] for link in kept.links)
    with pytest.raises(ProgrammingError, match="never changes"), transaction.atomic():
        Snapshot.objects.update(narrative="Otherwise")
    assert "Kept as it stood on" in asha_asks.get(reverse("networks")).content.decode()
    bo = Subject.objects.get(name="Bo Lindgren")
    for opening in Opening.objects.filter(viewer=cast.asha, scope=bo.scope):
        end_opening(opening=opening, because="Work ended", by=cast.hana, now=timezone.now())
    later = asha_asks.get(reverse("network-snapshot", args=[network.pk, kept.pk])).content.decode()
    assert "Lindgren" not in later
    picture = BeautifulSoup(later, "html.parser")
    lines = picture.select("svg a[data-ends]")
    assert len(lines) == 6
    assert all(picture.select_one(str(line["href"])) for line in lines)  # each leads to its evidence
    later_still = timezone.now() + timedelta(days=184)
    with viewing_as(cast.asha):
        assert snapshot_of(cast.asha, network.pk, kept.pk, timezone.now()) is not None
        assert snapshot_of(cast.asha, network.pk, kept.pk, later_still) is None


@pytest.mark.parametrize("link", [{"words": "friend of"}, {"words": "friend of", "evidence": []}])
def test_the_database_refuses_a_drawn_link_without_evidence(cast: Cast, amara: Subject, link: dict[str, Any]) -> None:
    network = drawn_for(cast, amara)
    with pytest.raises(IntegrityError, match="no_evidence_no_link_drawn"), transaction.atomic():
        Snapshot.objects.create(viewer=cast.asha, network=network, taken_at=timezone.now(), as_at=TODAY,
                                narrative="x", nodes=[], links=[link], expires_on=TODAY)  # fmt: skip


def test_a_link_is_found_by_its_code_and_by_a_name(asha_asks: Client, cast: Cast, amara: Subject) -> None:
    address = reverse("network", args=[drawn_for(cast, amara).pk])
    soup = BeautifulSoup(asha_asks.get(address).content, "html.parser")
    rows = soup.select("#network-table tbody tr")
    codes = {row.select("td")[0].get_text(): row.select_one("a")["href"] for row in rows}
    assert len(codes) == 6
    assert {line["data-code"] for line in soup.select("a[data-ends]")} == set(codes)
    for code, evidence in codes.items():
        answer = asha_asks.get(address, {"find": f" {code.upper()}"})
        assert answer["Location"] == evidence
        assert f"<kbd>{code}</kbd>" in asha_asks.get(answer["Location"]).content.decode()
    named = BeautifulSoup(asha_asks.get(address, {"find": "cal"}).content, "html.parser")
    assert len(named.select("#network-table tbody tr")) == 1
    assert "1 link of whoever is called “cal”" in named.get_text()
    assert "6 links on" in named.get_text()
    nobody = asha_asks.get(address, {"find": "9zz"}).content.decode()
    assert "No link of anybody called so stands on this day" in nobody
    help_said = soup.select_one("#keyboard-help").get_text()
    assert "Find a link" in help_said


def test_two_questions_read_two_steps_with_everybodys_names(cast: Cast, amara: Subject) -> None:
    with viewing_as(cast.asha), CaptureQueriesContext(connection) as asked:
        found = around([amara.pk])
    read = [one["sql"] for one in asked.captured_queries if "subjects_" in one["sql"]]
    assert len(read) == 2
    assert len(found.links) == 6


def test_a_place_that_many_know_is_read_as_far_as_a_picture_goes_and_says_so(
    asha_asks: Client, cast: Cast, amara: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    park = Subject.objects.get(name="Harbour Park")
    for number in range(4):
        make_link(make_person(f"Child {number}"), park, kind="seen-at", text="There", feed="youth",
                  recorded_at=timezone.now() + timedelta(minutes=number), last_seen=LATELY)  # fmt: skip
    monkeypatch.setattr(networks_steps, "ONE_LEADS_TO", 3)
    with viewing_as(cast.asha):
        found = around([amara.pk])
    names = {found.nodes[end].name for link in found.links for end in link.ends}
    assert {"Child 3", "Child 2", "Child 1"} <= names
    assert "Child 0" not in names
    assert found.cut_short == 2  # the park, and Bo with three pieces
    text = asha_asks.get(reverse("network", args=[drawn_for(cast, amara).pk])).content.decode()
    assert "so much written of them that only the latest was read: 2" in text


def test_the_list_is_empty_before_anything_is_asked_for(asha_asks: Client) -> None:
    assert "No networks yet" in asha_asks.get(reverse("networks")).content.decode()
