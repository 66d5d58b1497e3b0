"""The network of a cut: codes, links that stand on its day, groups with how sure, nobody's rank."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import networkx
import polars as pl
import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kith.foundations.access.actions import figures_scope
from kith.foundations.audit.models import AuditEvent
from kith.insight.engine.network.of_cut import network_of, read_links
from kith.insight.models import Cut, Network
from tests.support.cast import Cast

AS_AT = date(2026, 11, 20)
WHY = "To see which places connect groups of friends before the spring plan"


def written(folder: Path, *, without: str = "", as_at: date = AS_AT) -> Path:
    """Two groups of friends who share a park, with one link that has faded out and one that has expired."""
    groups = [[f"{name}{number}" for number in range(6)] for name in ("kestrel", "heron")]
    friends = [(a, "person", b, "person") for group in groups for a in group for b in group if a < b]
    at_park = [(group[0], "person", "parkparkpark", "place") for group in groups]
    rows = [(*pair, "friend-of" if pair[3] == "person" else "seen-at", as_at - timedelta(days=30), None)
            for pair in friends + at_park]  # fmt: skip
    rows.append(("kestrel0", "person", "heron5", "person", "friend-of", AS_AT - timedelta(days=800), None))
    rows.append(("kestrel1", "person", "heron5", "person", "friend-of", AS_AT, AS_AT))
    rows = [row for row in rows if without not in (row[0], row[2])]
    columns = ("a", "a_kind", "b", "b_kind", "kind", "last_seen", "expires_on")
    table = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String) | {"last_seen": pl.Date, "expires_on": pl.Date},
                         orient="row")  # fmt: skip
    more = [pl.lit("told").alias("grade"), pl.lit("school").alias("agency"), pl.lit("").alias("feed"),
            pl.lit(None, pl.Date).alias("first_seen")]  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    table.with_columns(more).with_row_index("evidence").write_parquet(folder / "links.parquet")
    codes = sorted({row[at] for row in rows for at in (0, 2)} - {"parkparkpark"})
    pl.DataFrame(
        {
            "child": codes,
            "is_child": [True] * len(codes),
            "born": [date(2010 + place % 4, 1, 1) for place in range(len(codes))],
        }
    ).write_parquet(folder / "people.parquet")
    pl.DataFrame({"place": ["parkparkpark"], "kind": ["park"]}).write_parquet(folder / "places.parquet")
    return folder


def test_only_what_stands_on_the_day_and_two_groups(tmp_path: Path) -> None:
    folder = written(tmp_path)
    links = read_links(folder, AS_AT)
    assert (links.rows, len(links.ties), links.expired) == (34, 32, 2)
    found = network_of(folder, AS_AT)
    assert len(found.described.communities) == 2
    assert sorted(group.people for group in found.groups) == [6, 6]
    assert sum(group.places for group in found.groups) == 1
    assert sum(group.links for group in found.groups) + found.groups[0].outward == 32
    assert {code for group in found.groups for code, _ in group.begin_from} == {"parkparkpark"}
    assert "2 rows had expired by 20 November 2026: left out." in found.described.missing


@pytest.fixture
def cut(cast: Cast, settings: Any, tmp_path: Path) -> Cut:
    settings.CUTS = tmp_path
    made = Cut.objects.create(name="2026-11-20-test", scope=figures_scope(), as_at=AS_AT, made_at=timezone.now(),
                              made_by=cast.uma, purpose="A test", sha256="0" * 64)  # fmt: skip
    written(tmp_path / made.name)
    return made


@pytest.mark.django_db
def test_an_analyst_says_why_and_sees_groups_of_codes(client: Client, cast: Cast, cut: Cut) -> None:
    client.force_login(cast.uma)
    address = reverse("network-whole")
    assert "What is it for?" in client.get(address).content.decode()
    assert "Say in a few words" in client.post(address, {"purpose": "because"}).content.decode()
    assert not AuditEvent.objects.filter(action="see-network").exists()
    given = {"purpose": WHY, "bases": ["6-1-e"], "steps": "1"}
    text = client.post(address, given).content.decode()
    assert "34 pieces of evidence, 32 links that stand" in text
    assert "This is not a finding about anybody" in text
    assert "kestrel0" not in text  # no list of people, whatever they are called
    assert "6 people, no groups and" in text
    assert "How sure: it " in text
    assert "Links nobody wrote down would join or part communities" in text
    assert AuditEvent.objects.get(action="see-network").because == WHY
    graph = networkx.read_graphml(io.BytesIO(client.post(address, given | {"take": "graphml"}).content))
    assert graph.number_of_edges() == 32
    assert AuditEvent.objects.get(action="export-network").because == WHY


@pytest.mark.django_db
def test_only_analysts(client: Client, cast: Cast, cut: Cut) -> None:
    for who in (cast.asha, cast.vera, cast.dev):
        client.force_login(who)
        assert client.get(reverse("network-whole")).status_code == 403


@pytest.mark.django_db
def test_a_group_too_small_is_not_described(client: Client, cast: Cast, cut: Cut, settings: Any) -> None:
    folder = settings.CUTS / cut.name
    links = pl.read_parquet(folder / "links.parquet")
    few = [f"heron{number}" for number in (3, 4, 5)] + ["kestrel3", "kestrel4", "kestrel5"]
    links.filter(~(pl.col("a").is_in(few) | pl.col("b").is_in(few))).write_parquet(folder / "links.parquet")
    client.force_login(cast.uma)
    text = client.post(reverse("network-whole"), {"purpose": WHY, "bases": ["6-1-e"], "steps": "1"}).content.decode()
    assert "2 communities with fewer than 5 people are not described" in text
    assert "Community 1" not in text


def drawn(client: Client, cast: Cast, **more: str) -> str:
    """Uma draws the network around a code; its address."""
    client.force_login(cast.uma)
    given = {"purpose": WHY, "bases": ["6-1-e"], "code": "kestrel0", "steps": "1", "draw": "yes"} | more
    answer = client.post(reverse("network-whole"), given)
    return str(answer["Location"])


@pytest.mark.django_db
def test_around_a_code_one_step_and_two(client: Client, cast: Cast, cut: Cut) -> None:
    one = BeautifulSoup(client.get(drawn(client, cast)).content, "html.parser")
    assert len(one.select("#network-table tbody tr")) == 6  # five friends and the park
    assert "one step from kestrel0" in one.get_text()
    assert "Links nobody wrote down would join or part communities" in one.get_text()
    two = BeautifulSoup(client.get(drawn(client, cast, steps="2")).content, "html.parser")
    assert len(two.select("#network-table tbody tr")) == 17  # and their friends, and who is at the park
    assert "What connects these" in two.get_text()
    assert "heron0, kestrel0; aged 14 to 16; known to school" in two.get_text()
    assert len(two.select("a[data-ends].kith-network__gone")) == 7  # only on other days: heron5 with friends
    asked = AuditEvent.objects.filter(action="begin-network").order_by("pk").last()
    assert asked is not None
    assert asked.details["code"] == "kestrel0"
    assert not any(event.subjects for event in AuditEvent.objects.filter(action__in=["begin-network", "see-network"]))


@pytest.mark.django_db
def test_the_evidence_of_a_link_in_codes_has_no_words(client: Client, cast: Cast, cut: Cut) -> None:
    address = drawn(client, cast)
    line = BeautifulSoup(client.get(address).content, "html.parser").select_one("a[data-ends]")
    assert line is not None
    text = client.get(str(line["href"])).content.decode()
    assert "A cut holds no words" in text
    assert "friend of" in text
    assert "school" in text.lower()


@pytest.mark.django_db
def test_a_code_that_is_nobodys_draws_nothing(client: Client, cast: Cast, cut: Cut) -> None:
    client.force_login(cast.uma)
    given = {"purpose": WHY, "bases": ["6-1-e"], "steps": "1", "draw": "yes"}
    for code, said in (
        ("", "Type the code"),
        ("osprey1", "No link of this cut"),
        ("Amara Osei", "No link of this cut"),
    ):
        assert said in client.post(reverse("network-whole"), given | {"code": code}).content.decode()
    assert not Network.objects.exists()
    by_button = client.post(
        reverse("network-whole"), {"purpose": WHY, "bases": ["6-1-e"], "steps": "1", "begin": "parkparkpark"}
    )
    assert by_button["Location"] == reverse("network", args=[Network.objects.get().pk])


@pytest.mark.django_db
def test_two_cuts_are_compared(client: Client, cast: Cast, cut: Cut, settings: Any) -> None:
    earlier = AS_AT - timedelta(days=28)
    other = Cut.objects.create(name="2026-10-23-test", scope=figures_scope(), as_at=earlier, made_at=timezone.now(),
                               made_by=cast.uma, purpose="A test", sha256="0" * 64)  # fmt: skip
    written(settings.CUTS / other.name, without="kestrel5", as_at=earlier)
    address = drawn(client, cast)
    text = client.get(f"{address}compare", {"with": other.name}).content.decode()
    soup = BeautifulSoup(text, "html.parser")
    counts = [one.get_text() for one in soup.select("main dd.govuk-summary-list__value")]
    assert "kestrel0 friend of kestrel5" in text
    assert counts == ["1 link", "0 links", "0 links", "5 links"]
    assert "written down late" in text
    assert "23 Oct 2026" in text
    assert client.get(f"{address}compare", {"before": "2025-01-01"}).status_code == 200


@pytest.mark.django_db
def test_kept_and_taken_away_in_codes(client: Client, cast: Cast, cut: Cut) -> None:
    address = drawn(client, cast)
    done = client.post(f"{address}keep", {"narrative": "Two groups of friends share a park."}, follow=True)
    text = done.content.decode()
    assert "Two groups of friends share a park." in text
    assert "kestrel0 friend of kestrel1" in text
    assert "“”" not in text
    assert len(BeautifulSoup(text, "html.parser").select("svg a[data-ends]")) == 6
    listed = client.get(reverse("network-whole")).content.decode()
    assert "Kept as it stood on" in listed
    assert WHY in listed
    for form in ("csv", "graphml", "gexf"):
        taken = client.get(f"{address}file/{form}").content
        assert b"kestrel5" in taken
    graph = networkx.read_graphml(io.BytesIO(client.get(f"{address}file/graphml").content))
    assert set(graph.nodes) == {*(f"kestrel{number}" for number in range(6)), "parkparkpark"}
    assert client.get(reverse("networks")).status_code == 403


@pytest.mark.django_db
def test_a_network_in_codes_is_its_analysts_alone(client: Client, cast: Cast, cut: Cut) -> None:
    address = drawn(client, cast)
    for who in (cast.asha, cast.vera, cast.dev):
        client.force_login(who)
        assert client.get(address).status_code == 404
    type(cast.uma).objects.filter(pk=cast.uma.pk).update(role="practitioner")
    cast.uma.refresh_from_db()
    client.force_login(cast.uma)
    assert client.get(address).status_code == 403  # no analyst any more
