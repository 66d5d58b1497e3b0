"""The network of a cut: codes, links that stand on its day, groups with how sure, nobody's rank."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import networkx
import polars as pl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kith.foundations.access.actions import figures_scope
from kith.foundations.audit.models import AuditEvent
from kith.insight.engine.network.of_cut import network_of, read_links
from kith.insight.models import Cut
from tests.support.cast import Cast

AS_AT = date(2026, 11, 20)
WHY = "To see which places connect groups of friends before the spring plan"


def written(folder: Path) -> Path:
    """Two groups of friends who share a park, with one link that has faded out and one that has expired."""
    groups = [[f"{name}{number}" for number in range(6)] for name in ("kestrel", "heron")]
    friends = [(a, "person", b, "person") for group in groups for a in group for b in group if a < b]
    at_park = [(group[0], "person", "parkparkpark", "place") for group in groups]
    rows = [(*pair, "friend-of" if pair[3] == "person" else "seen-at", AS_AT - timedelta(days=30), None)
            for pair in friends + at_park]  # fmt: skip
    rows.append(("kestrel0", "person", "heron5", "person", "friend-of", AS_AT - timedelta(days=800), None))
    rows.append(("kestrel1", "person", "heron5", "person", "friend-of", AS_AT, AS_AT))
    columns = ("a", "a_kind", "b", "b_kind", "kind", "last_seen", "expires_on")
    table = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String) | {"last_seen": pl.Date, "expires_on": pl.Date},
                         orient="row")  # fmt: skip
    more = [pl.lit("told").alias("grade"), pl.lit("school").alias("agency"), pl.lit("").alias("feed"),
            pl.lit(None, pl.Date).alias("first_seen")]  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    table.with_columns(more).write_parquet(folder / "links.parquet")
    return folder


def test_only_what_stands_on_the_day_and_two_groups(tmp_path: Path) -> None:
    folder = written(tmp_path)
    links = read_links(folder, AS_AT)
    assert (links.rows, len(links.ties), links.expired) == (34, 32, 2)
    found = network_of(folder, AS_AT)
    assert len(found.described.communities) == 2
    assert sorted(kinds["person"] for kinds in found.kinds) == [6, 6]
    assert sum(kinds["place"] for kinds in found.kinds) == 1
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
    given = {"purpose": WHY, "bases": ["6-1-e"]}
    text = client.post(address, given).content.decode()
    assert "34 pieces of evidence, 32 links that stand" in text
    assert "This is not a finding about anybody" in text
    assert "kestrel0" not in text  # no list of people, whatever they are called
    assert AuditEvent.objects.get(action="see-network").because == WHY
    graph = networkx.read_graphml(io.BytesIO(client.post(address, given | {"take": "graphml"}).content))
    assert graph.number_of_edges() == 32
    assert AuditEvent.objects.get(action="export-network").because == WHY


@pytest.mark.django_db
def test_only_analysts(client: Client, cast: Cast, cut: Cut) -> None:
    for who in (cast.asha, cast.vera, cast.dev):
        client.force_login(who)
        assert client.get(reverse("network-whole")).status_code == 403
