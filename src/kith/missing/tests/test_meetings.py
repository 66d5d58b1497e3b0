"""A missing meeting is a piece of work with its clock, called once, by those in the child's circle."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from kith.missing.actions import Reported, report_missing
from kith.pathways.models import Work
from kith.pathways.rules import pathways
from tests.support.cast import NOW, Cast, let_in, make_person


@pytest.mark.django_db
def test_the_circle_calls_a_meeting_once_and_the_search_does_not(client: Client, cast: Cast) -> None:
    child = make_person("Amara Osei")
    let_in(child, cast.asha)
    reported = Reported(child.pk, cast.police.pk, "missing", NOW - timedelta(hours=3))
    episode = report_missing(reported=reported, by=cast.loader, now=NOW)
    address = f"/missing/{episode.pk}/meeting"
    client.force_login(cast.raj)
    assert client.get(address).status_code == 404
    for viewer in (cast.asha, cast.quinn):
        client.force_login(viewer)
        page = client.get(address).content.decode()
        assert "Call a missing meeting" in page
        assert client.post(address, {"because": "The third time within two weeks"}).status_code == 302
    work = Work.objects.get(pathway="missing-meeting")
    assert (work.team, work.came_from) == (cast.missing, f"episode:{episode.pk}")
    assert pathways()["missing-meeting"].opens_in.clock == "missing-meeting-held"
