"""Ten more rows on a page add no query."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.foundations.access.actions import open_circle
from kith.foundations.access.models import BreakGlass
from kith.linkage.models import Delivery, Match, UnderReview
from kith.subjects.models import Involvement, Reference
from tests.support.cast import NOW, Cast, let_in, make_entry, make_link, make_person
from tests.support.lives import Life, make_life

pytestmark = pytest.mark.django_db
PAGES = ["record", "record-chronology", "record-print", "record-involved", "record-links"]
AT_MOST = 45


def ten_more(cast: Cast, life: Life) -> None:
    """Ten more of everything that a page lists, each with others beside it."""
    for number in range(10):
        other = make_person(f"Another {number}")
        let_in(other, cast.asha)
        make_link(life.amara, other)
        make_entry(
            "Seen with another", life.amara, other, on=date(2026, 11, 1) - timedelta(days=number), significant=True
        )
        Involvement.objects.create(
            subject=life.amara, scope=life.amara.scope, agency=cast.school, role="Mentor", recorded_at=NOW
        )


def queries_for(client: Client, address: str, **asked: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address, asked).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", PAGES)
def test_a_record_page(client: Client, cast: Cast, name: str) -> None:
    life = make_life(cast, months=2)
    client.force_login(cast.asha)
    address = reverse(name, args=[life.amara.pk])
    queries_for(client, address, show="all")
    before = queries_for(client, address, show="all")
    ten_more(cast, life)
    assert queries_for(client, address, show="all") == before
    assert before <= AT_MOST


def test_the_desk(client: Client, cast: Cast) -> None:
    life = make_life(cast, months=2)
    client.force_login(cast.asha)
    queries_for(client, "/")
    before = queries_for(client, "/")
    ten_more(cast, life)
    assert queries_for(client, "/") == before
    assert before <= AT_MOST


@pytest.mark.parametrize("who", ["gwen", "ellis", "hana"])
def test_the_desk_of_those_with_a_post(client: Client, cast: Cast, who: str) -> None:
    client.force_login(getattr(cast, who))
    more_waits(cast, 1)
    queries_for(client, "/")
    before = queries_for(client, "/")
    more_waits(cast, 10)
    assert queries_for(client, "/") == before
    assert before <= AT_MOST


def more_waits(cast: Cast, times: int) -> None:
    """More unsure matches, rejected rows and broken glass on the records of a team."""
    for _ in range(times):
        number = Delivery.objects.count()
        pair = [make_person(f"Orla {number}"), make_person(f"Orla {number}")]
        for one in pair:
            let_in(one, cast.east)
        Delivery.objects.create(feed="annex-a-contacts", file_name="f.csv", sha256=f"{number:064}", bytes=1,
                                received_at=NOW, state="loaded", rows_rejected=3, brought_by=cast.loader)  # fmt: skip
        sides = [Reference.objects.create(system="s", key=f"{one.pk}", subject=one, scope=one.scope, first_seen=NOW)
                 for one in pair]  # fmt: skip
        match = Match.objects.create(left=sides[0], right=sides[1], probability=0.6, weight=1, outcome="unsure",
                                     found_at=NOW, found_by="test")  # fmt: skip
        UnderReview.objects.create(match=match, left_subject=pair[0], right_subject=pair[1])
        opening = open_circle(scope=pair[0].scope, viewer=cast.farah, because="Broke the glass", by=cast.farah, now=NOW,
                              reason_kind="break-glass", until=NOW + timedelta(hours=4))  # fmt: skip
        BreakGlass.objects.create(opening=opening, viewer=cast.farah, subject_id=pair[0].pk, reason="To find her",
                                  at=NOW, review_due=NOW + timedelta(days=2))  # fmt: skip
