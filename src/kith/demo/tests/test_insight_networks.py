"""The demonstration's kept network: asked for with its purpose, looked at, kept once with the evidence of each link."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from kith.demo import cast
from kith.demo.insight_networks import STORY, keep_networks
from kith.demo.missing import SYSTEMS
from kith.demo.staffing import make_staff
from kith.demo.systems import number_in
from kith.foundations.access.models import Viewer
from kith.foundations.audit.models import AuditEvent
from kith.insight.models import Network, Snapshot
from kith.subjects.models import Reference
from kith.subjects.wording import remarks
from tests.support.cast import let_in, make_link, make_person

FEEDS = Path(cast.__file__).parent / "feeds"


@pytest.mark.django_db
def test_asha_keeps_one_network_around_amara() -> None:
    make_staff(feeds=FEEDS)
    assert keep_networks(now=timezone.now()) == 0  # nobody of the story has come
    asha, now = Viewer.objects.get(email=cast.ASHA.email), timezone.now()
    amara, friend = make_person("Amara Osei"), make_person("Tia Marsh")
    key = number_in(SYSTEMS[0], cast.AMARA)
    Reference.objects.create(system=SYSTEMS[0], key=key, subject=amara, scope=amara.scope, first_seen=now)
    for subject in (amara, friend):
        let_in(subject, asha)
    seen = {"last_seen": now.date() - timedelta(days=9), "recorded_at": now}
    make_link(amara, friend, text="They meet at the park", written_by=asha, **seen)
    assert [keep_networks(now=now) for _ in range(2)] == [1, 0]
    network, kept = Network.objects.get(), Snapshot.objects.get()
    assert network.viewer == asha
    assert {node["id"] for node in kept.nodes} == {amara.pk, friend.pk}
    assert len(kept.links) == 1
    done = AuditEvent.objects.filter(viewer_id=asha.pk, because=network.purpose).order_by("pk")
    assert list(done.values_list("action", flat=True)) == ["begin-network", "see-network", "keep-network"]


def test_its_words_put_no_harm_on_children() -> None:
    assert not list(remarks(STORY.read_text(encoding="utf-8")))
