"""A service manager's Monday, and the pages of figures that answer one question each, told in a browser."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.pathways.actions import allocate_work, move_work, open_work
from kith.subjects.models import Involvement, Subject
from tests.journeys.story import Story
from tests.support.cast import NOW, Cast, let_in, make_person
from tests.support.small_cut import AS_AT, keep_cut, small_star, table

CHILDREN = ("Amara Osei", "Leo Whitcombe", "Mia Brand", "Noor Haddad", "Tomasz Zielinski", "Ivy Carter", "Sam Boateng")


def led_by(cast: Cast, name: str, lead: Viewer) -> Subject:
    found = make_person(name)
    let_in(found, cast.east)
    Involvement.objects.create(subject=found, scope=found.scope, agency=cast.council, worker=lead.name,
                               role="Social worker", recorded_at=NOW, is_lead=True)  # fmt: skip
    return found


def assess(cast: Cast, child: Subject, days: int, worker: Viewer | None) -> None:
    """An assessment opened so many days ago; without a worker nobody was given it yet."""
    at = timezone.now() - timedelta(days=days)
    with viewing_as(cast.hana):
        work = open_work(subject_id=child.pk, pathway="assessment", team=cast.east, because="Harm by older people",
                         by=cast.hana, now=at)  # fmt: skip
        if worker:
            allocate_work(work_id=work.pk, worker=worker, by=cast.hana, now=at)
            why = "The family asked to wait until her exams are over"
            move_work(work_id=work.pk, to_state="assessing", why=why, by=cast.hana, now=at)


@pytest.fixture
def team(cast: Cast, settings: Any, tmp_path: Path) -> list[Subject]:
    settings.CUTS = tmp_path / "cuts"
    people = [led_by(cast, name, (cast.asha, cast.ben)[number % 2]) for number, name in enumerate(CHILDREN)]
    assess(cast, people[0], 100, cast.asha)
    assess(cast, people[1], 5, cast.ben)
    assess(cast, people[2], 12, None)
    keep_cut(cast.uma, small_star_with_help())
    return people


def small_star_with_help() -> dict[str, Any]:
    """The small star with questions of the front door and specialist help."""
    tables = small_star()
    day = timedelta(days=1)
    checks = [
        {"question": n, "agency": ("harbour-view", "severnmouth-police")[n % 2], "band": "green", "answered_hours": 5.0,
         "asked": date(2025, 4, 1) + n % 360 * day, "due": date(2025, 4, 3) + n % 360 * day, "in_time": n % 4 != 0}
        for n in range(1, 1441)
    ]  # fmt: skip
    help_asked = [
        {"event": 100_000 + n, "child": f"child{n % 400:07d}", "is_child": True, "kind": "specialist-support",
         "day": AS_AT - (n + 3) * day, "other": AS_AT - (n - 20) * day if n % 2 else None, "agency": "beacon",
         "other_days": 23 if n % 2 else None, "feed": "specialist-support"}
        for n in range(21, 900)
    ]  # fmt: skip
    events = tables["events"].to_dicts() + help_asked
    events.sort(key=lambda row: (row["day"], row["kind"], row["child"]))
    return {**tables, "checks": table("checks", checks), "events": table("events", events)}


@pytest.mark.journey("J13")
def test_a_manager_sees_who_is_overdue_and_why(story: Story, cast: Cast, team: list[Subject]) -> None:
    story.given_signed_in_as(cast.hana)
    with story.journey("J13"):
        story.when_i_open("/")
        story.when_i_follow("Caseload")
        story.then_i_see(
            "2 overdue: ",
            "Assessment finished",
            "45 working days from the referral",
            "The family asked to wait until her exams are over",
        )
    story.then_i_see("Who holds what", "Is it changing?", "Six records to look at this week")
    story.then_the_page_is_accessible("caseload")
    story.when_i_follow("Weight")
    story.then_i_see("How work is weighed")
    story.page.get_by_role("table", name="Work by worker").get_by_role("link", name="Asha Rahman").click()
    story.then_the_heading_is("Asha Rahman")
    story.then_i_see("Amara Osei", "Child and family assessment: assessing")
    story.then_the_page_is_accessible("worker")
    story.when_i_follow("Caseload")
    story.page.locator("ol.govuk-list--number a").first.click()
    story.expected_statuses.add(422)  # the first try says nothing
    story.when_i_press("Open the record")
    story.then_there_is_a_problem("Say in a few words why you look at this record")
    story.when_i_fill("What do you look for in this record?", "Whether the child's own words stand in the plan")
    story.then_the_page_is_accessible("one of six")
    story.when_i_press("Open the record")
    story.then_the_heading_is("First: today")


@pytest.mark.parametrize("name", ["disproportion", "timeliness", "capacity", "quality"])
def test_a_question_is_answered_with_pictures_and_tables(
    story: Story, cast: Cast, team: list[Subject], name: str
) -> None:
    story.given_signed_in_as(cast.vera)
    story.when_i_open(reverse("insight"))
    story.page.locator(f'a[href="/insight/{name}"]').click()
    story.then_i_see("Cut ")
    story.then_the_page_is_accessible(name)
    with story.page.expect_download() as file:
        story.page.locator(f'main a[href^="/insight/{name}.csv"]').first.click()
    assert len(file.value.path().read_text(encoding="utf-8-sig").splitlines()) > 3
