"""The demonstration's weighings: written once, linked to what stands on the record, naming nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
import yaml
from django.db import connection
from django.test import Client
from django.utils import timezone

from kith.chronology.models import EntrySubject
from kith.contexts.models import Change, Shared, Weighed, Weighing
from kith.demo import cast as demo_cast
from kith.demo.contexts import words, write_weighings
from kith.demo.serving import FEEDS
from kith.foundations.access.models import Viewer
from kith.insight.engine.star import EXTRACTS
from kith.insight.models import Pseudonym
from kith.subjects.models import Subject
from tests.support.cast import Cast, let_in, make_entry, make_link, make_person, make_place

pytestmark = pytest.mark.django_db


def test_weighings_are_written_once_and_can_be_read(client: Client, cast: Cast) -> None:
    now = timezone.now()
    Viewer.objects.filter(pk=cast.asha.pk).update(email=demo_cast.ASHA.email)
    park = make_place("Harbour Park")
    people = [make_person(name) for name in ("Amara Osei", *(f"Child{letter} Quay" for letter in "abcdefgh"))]
    for number, child in enumerate(people):
        let_in(child, cast.asha)
        make_link(child, park, kind="seen-at")
        make_entry("Told", child, kind="outside-home-contact", on=now.date() - timedelta(days=150 + number),
                   details={"harm": "county lines"})  # fmt: skip
    EntrySubject.objects.update(part="child")
    assert (write_weighings(today=now.date(), now=now), write_weighings(today=now.date(), now=now)) == (9, 0)
    assert Weighing.objects.count() >= 9
    assert Change.objects.exclude(outcome="").exists()
    assert {one.whom for one in Shared.objects.all()} == {"child", "family"}
    assert {"not"} < {one.how for one in Shared.objects.all()}
    assert Weighed.objects.filter(linked=park, weight="most").exists()
    names = {word for one in Subject.objects.filter(kind="person") for word in one.name.split()}
    assert not any(name in one.what for one in Change.objects.all() for name in names)
    client.force_login(Viewer.objects.get(pk=cast.asha.pk))
    assert "Weighs most" in client.get(f"/records/{people[0].pk}/contexts").content.decode()
    for number, child in enumerate(people):
        Pseudonym.objects.create(subject=child, code=f"code{number:08}")
    with connection.cursor() as cursor:  # as a cut reads it
        cursor.execute(EXTRACTS["weighings"].sql)
        names_of = [column.name for column in cursor.description or ()]
        read = [dict(zip(names_of, row, strict=True)) for row in cursor.fetchall()]
        cursor.execute(EXTRACTS["changes"].sql)
        changes = cursor.fetchall()
    assert (len(read), len(changes)) == (Weighing.objects.count(), Change.objects.count())
    assert all(any(one[kind] for kind in ("home", "peers", "school", "places", "online")) for one in read)
    assert {one["child"] for one in read} == {f"code{number:08}" for number in range(9)}


def test_agencies_that_say_something_are_those_of_the_demonstration() -> None:
    known = yaml.safe_load((FEEDS / "agencies.yaml").read_text(encoding="utf-8"))
    assert set(words()["agencies"]) <= set(known)
