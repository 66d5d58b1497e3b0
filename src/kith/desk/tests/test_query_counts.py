"""Ten more rows on a page add no query."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.subjects.models import Involvement
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
