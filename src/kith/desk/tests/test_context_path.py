"""Where a group or a place stands on its path: the first thing that is not done is next, with its day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from kith.contexts.models import Change
from kith.desk.presenters.context_path import show_path, what_is_next
from kith.foundations.access.models import Team
from kith.foundations.access.viewing import viewing_as
from kith.pathways.actions import allocate_work, move_work, open_work
from kith.pathways.presenters import WorkLine
from kith.subjects.assessing.presenters import Standing
from tests.support.cast import Cast, let_in, make_place

TODAY = date(2026, 11, 20)
NONE, WRITTEN = Standing(None, ""), Standing(7, "Version 1.", TODAY + timedelta(days=60))


def work(worker: str = "", due_in: int | None = 5) -> WorkLine:
    at = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/London"))
    due = at + timedelta(days=due_in) if due_in is not None else None
    return WorkLine(3, 9, "The quay", "Context pathway", "Concern", "Contexts", worker, None, "", due, "1 Nov", False)


def change(due_in: int, outcome: str = "") -> Change:
    return Change(due_on=TODAY + timedelta(days=due_in), outcome=outcome)


@pytest.mark.parametrize(
    ("given", "what", "day", "step"),
    [
        ((work(), NONE, []), "Somebody leads this", 25, 0),
        ((work("Nell"), NONE, []), "The assessment is written", 25, 1),
        ((None, NONE, []), "The assessment is written", None, 1),
        ((work("Nell"), WRITTEN, []), "What will change here is planned", 25, 2),
        ((work("Nell"), WRITTEN, [change(9), change(-2)]), "Say what came of what was planned", 18, 2),
        ((work("Nell"), WRITTEN, [change(9), change(-2, "done")]), "A planned change is due", 29, 2),
    ],
)
def test_the_first_thing_not_done_is_next(given: Any, what: str, day: int | None, step: int) -> None:
    found = what_is_next(*given, TODAY)
    assert (found.what, found.by and found.by.day, found.step) == (what, day, step)


def test_with_all_answered_for_it_is_looked_at_again_on_its_day() -> None:
    shown = show_path(("place", 9), work("Nell"), WRITTEN, [change(-9, "done"), change(-2, "not-done")], TODAY)
    assert "looked at again" in shown.next
    assert not shown.late
    assert [step.standing for step in shown.steps] == ["done", "done", "done", "now"]
    late = Standing(7, "Version 1.", TODAY - timedelta(days=1), is_late=True)
    assert show_path(("place", 9), work("Nell"), late, [change(-9, "done")], TODAY).late


def test_where_it_is_no_longer_needed_nothing_is_next() -> None:
    shown = show_path(("group", 9), None, Standing(7, "Version 1."), [change(9, "done")], TODAY)
    assert "no longer needed" in shown.next
    assert [step.standing for step in shown.steps] == ["not open", "done", "done", "done"]


@pytest.mark.django_db
def test_a_places_page_leads_along_its_path(cast: Cast, client: Client) -> None:
    station, now = make_place("Coach Station"), timezone.now()
    let_in(station, cast.asha)
    contexts = Team.objects.create(agency=cast.council, name="Contexts", work="contexts")
    with viewing_as(cast.asha):
        made = open_work(
            subject_id=station.pk, pathway="context", team=contexts, because="A car", by=cast.asha, now=now
        )

    def steps() -> list[str]:
        client.force_login(cast.asha)
        page = BeautifulSoup(client.get(f"/records/{station.pk}/").content, "html.parser")
        section = page.find(id="context-path").find_parent("section")
        return [section.find("p").get_text(" ", strip=True), section.find(attrs={"aria-current": "step"}).strong.text]

    assert steps()[0].startswith("Next: Somebody leads this by")
    assert steps()[1] == "Concern"
    contexts.viewers.add(cast.asha)
    with viewing_as(cast.asha):
        allocate_work(work_id=made.pk, worker=cast.asha, by=cast.asha, now=now)
        move_work(work_id=made.pk, to_state="assessing", why="Met the manager", by=cast.asha, now=now)
    assert steps()[0].startswith("Next: The assessment is written by")
    assert steps()[1] == "Assessment"
