"""Who misses school and is harmed or missing: by the published rule, of open records alone, each line with its why."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from kith.foundations.audit.models import AuditEvent
from kith.missing.models import Episode
from kith.missing.rules.schooling import Told, harm_reasons, school_reasons
from kith.subjects.models import Subject
from tests.support.cast import NOW, Cast, let_in, make_entry, make_person

TODAY = NOW.date()
DAY = timedelta(days=1)


def told(kind: str, ago: int, until: date | None = None, **details: Any) -> Told:
    return Told(kind, TODAY - ago * DAY, until, details)


@pytest.mark.parametrize(
    ("entries", "reasons"),
    [
        ([told("missing-education", 500)], 1),
        ([told("missing-education", 50, TODAY - DAY)], 0),
        ([told("missing-education", 50, TODAY, why="Not traced")], 1),
        ([told("exclusion", 364)], 1),
        ([told("exclusion", 365)], 0),
        ([told("suspension", 30, days="6"), told("suspension", 20, days="4")], 1),
        ([told("suspension", 30, days="6"), told("suspension", 20, days="3.5")], 0),
        ([told("suspension", 30, days="not known")], 0),
        ([told("low-attendance", 60, sessions_present="53", sessions_possible="108")], 1),
        ([told("low-attendance", 60, sessions_present="54", sessions_possible="108")], 0),
        ([told("low-attendance", 60)], 0),
    ],
)
def test_who_misses_school(entries: list[Told], reasons: int) -> None:
    assert len(school_reasons(entries, TODAY)) == reasons


def test_each_reason_says_what_it_rests_on() -> None:
    entries = [told("missing-education", 10, why="Not traced"), told("suspension", 9, days="12.5")]
    day = TODAY - 10 * DAY
    assert school_reasons(entries, TODAY) == [
        f"Without a school since {day.day} {day:%B %Y}: not traced",
        "Suspended for 12.5 days in the last year",
    ]
    kind = "outside-home-contact"
    harm = [told(kind, 5, harm="Criminal exploitation"), told(kind, 4, harm="radicalisation")]
    day = TODAY - 5 * DAY
    assert harm_reasons(harm, [TODAY - 400 * DAY], TODAY) == [f"Contact about exploitation, {day.day} {day:%B %Y}"]
    gone = harm_reasons([], [TODAY, TODAY - DAY, TODAY - 2 * DAY], TODAY)
    assert gone == [f"Missing 3 times in the last year, last on {TODAY.day} {TODAY:%B %Y}"]


@pytest.fixture
def children(cast: Cast) -> dict[str, Subject]:
    """Bea and Cy miss school and were missing, Dot misses school alone; Bea's and Dot's records are open to Asha."""
    made = {name: make_person(f"{name} Lamb") for name in ("Bea", "Cy", "Dot")}
    for subject in made.values():
        said = {"kind": "missing-education", "details": {"why": "Not traced"}}
        make_entry("Without a school.", subject, on=TODAY - 30 * DAY, **said)
    for name in ("Bea", "Cy"):
        child, gone = made[name], NOW - timedelta(days=3)
        Episode.objects.create(
            subject=child, scope=child.scope, desk=child.scope, reference=name, kind="missing", gone_at=gone,
            told_at=gone, back_at=gone + timedelta(hours=5), opened_by=cast.asha,
        )  # fmt: skip
    for name in ("Bea", "Dot"):
        let_in(made[name], cast.asha)
    return made


@pytest.mark.django_db
def test_of_open_records_alone_each_with_its_why(client: Client, cast: Cast, children: dict[str, Subject]) -> None:
    with time_machine.travel(NOW):
        client.force_login(cast.asha)
        page = client.get(reverse("missing-school")).content.decode()
        assert "Bea Lamb" in page
        assert "Without a school since" in page
        assert "Missing once in the last year" in page
        assert "Cy Lamb" not in page
        assert "Dot Lamb" not in page
        file = client.get(reverse("missing-school-csv"))
        rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
        assert [(row["Name"], row["Misses school"].endswith("not traced")) for row in rows] == [("Bea Lamb", True)]
        looked = AuditEvent.objects.filter(action__in=("read-schooling", "export-schooling"))
        assert [event.subjects for event in looked] == [[children["Bea"].pk]] * 2
        cast.asha.set_password("harbour lantern ropewalk")
        cast.asha.save()
        client.force_login(cast.asha)  # who has not given it lately is asked for it before names are taken away
        assert client.get(reverse("missing-school-csv"))["Location"].startswith("/accounts/reauthenticate/")
        client.force_login(cast.ben)
        assert "Nobody now" in client.get(reverse("missing-school")).content.decode()
        client.force_login(cast.ellis)  # an auditor reads no record
        assert client.get(reverse("missing-school")).status_code == 403
