"""Groups that audit together: days drawn up, what became of each, lots drawn for them, a calendar that names nobody."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from kith.case_audits.actions.groups import NewGroup, begin_group, end_group, note_missed
from kith.case_audits.actions.programme import Came, note_meeting
from kith.case_audits.models import Draw, Group, Meeting
from kith.case_audits.rules.groups import days_planned, next_days
from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.subjects.models import Involvement
from tests.support.cast import NOW, Cast, let_in, make_entry, make_person

GROUPS = "/case-audits/groups"
WHY = "The council was at an inspection that week"
FIRST = timedelta(weeks=13)  # ago: days of six weeks fall 13, 7 and 1 weeks ago, and in 5


def page(client: Client, who: Viewer, address: str, status: int = 200) -> BeautifulSoup:
    client.force_login(who)
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return BeautifulSoup(response.content, "html.parser")


def begun(cast: Cast, title: str = "Neglect group") -> Group:
    first = timezone.localdate() - FIRST
    new = NewGroup(title, "neglect", "neglect", 6, first, time(10), cast.hana, ["council", "severnmouth-police"])
    with viewing_as(cast.hana):
        return begin_group(group=new, by=cast.hana, now=timezone.now())


def test_days_are_drawn_up() -> None:
    first = date(2026, 1, 5)
    assert days_planned(first, 6, date(2026, 2, 1), date(2026, 5, 1)) == [date(2026, 2, 16), date(2026, 3, 30)]
    assert days_planned(first, 6, date(2025, 1, 1), first) == [first]
    assert days_planned(first, 6, date(2026, 2, 16), date(2026, 2, 16)) == [date(2026, 2, 16)]
    assert next_days(first, 6, date(2026, 2, 16), 2) == [date(2026, 2, 16), date(2026, 3, 30)]
    assert next_days(first, 6, date(2025, 6, 1), 1) == [first]
    with pytest.raises(ValueError, match="every 1 to 26"):
        days_planned(first, 0, first, first)


@pytest.mark.django_db
def test_a_group_is_begun_by_a_form(client: Client, cast: Cast) -> None:
    found, today = page(client, cast.hana, f"{GROUPS}/new"), timezone.localdate()
    boxes = [box["name"] for box in found.select("input[inputmode=numeric]") if box["name"] != "every_weeks"]
    said: dict[str, Any] = {"title": "Neglect group", "theme": "neglect", "kind": "neglect", "every_weeks": "6"}
    said |= {"at": "10am", "chair": str(cast.hana.pk), "agencies": ["council", "harbour-view"]}
    said |= dict(zip(boxes, (today.day, today.month, today.year), strict=True))
    assert client.post(f"{GROUPS}/new", {**said, "agencies": []}).status_code == 422
    assert client.post(f"{GROUPS}/new", said).status_code == 302
    made = Group.objects.get()
    assert (made.every_weeks, made.at, made.chair) == (6, time(10), cast.hana)
    assert made.agencies == ["council", "harbour-view"]
    shown = page(client, cast.vera, f"{GROUPS}/{made.pk}").find("main")
    assert len(shown.select("tbody tr")) == 6
    assert "Every 6 weeks at 10:00, chaired by Hana Yilmaz" in shown.text
    for who in (cast.asha, cast.vera, cast.dev):
        page(client, who, f"{GROUPS}/new", 403)
    page(client, cast.dev, f"{GROUPS}/{made.pk}", 403)


@pytest.mark.django_db
def test_a_meeting_missed_is_said_and_so_is_who_came(client: Client, cast: Cast) -> None:
    made = begun(cast)
    days = [made.first_on + timedelta(weeks=6 * number) for number in range(3)]
    assert "3 of 3 meetings in the last year were missed." in page(client, cast.vera, GROUPS).text
    with viewing_as(cast.hana):
        came = Came("neglect", days[0], {"council": True, "severnmouth-police": False}, {}, made, days[0])
        note_meeting(meeting=came, by=cast.hana, now=timezone.now())
        note_missed(
            group=made,
            planned_on=days[1],
            why=WHY,
            by=cast.hana,
            now=timezone.now(),
        )
        with pytest.raises(NotAllowed, match="does not meet"):
            note_missed(group=made, planned_on=days[1] + timedelta(days=1), why=WHY, by=cast.hana,
                        now=timezone.now())  # fmt: skip
    shown = page(client, cast.vera, f"{GROUPS}/{made.pk}").text
    assert "2 of 3 meetings in the last year were missed." in shown
    assert "Missed: The council was at an inspection that week" in shown
    assert "Missed: nobody noted what became of it" in shown
    assert "Did not come: Severnmouth police." in shown


@pytest.mark.django_db
def test_what_became_of_a_meeting_is_noted_by_a_form(client: Client, cast: Cast) -> None:
    made = begun(cast)
    address, on = f"{GROUPS}/{made.pk}/meeting", made.first_on
    found = page(client, cast.hana, address)
    boxes = [box["name"] for box in found.select("input[inputmode=numeric]")]
    came = {"came-council": "came", "came-severnmouth-police": "not"}
    assert client.post(address, {"planned_on": f"{on}", "is_held": "yes", **came}).status_code == 422
    assert client.post(address, {"planned_on": f"{on}", "is_held": "no", "why": "", **came}).status_code == 422
    held = dict(zip(boxes, (on.day, on.month, on.year), strict=True))
    assert client.post(address, {"planned_on": f"{on}", "is_held": "yes", **held, **came}).status_code == 302
    kept = Meeting.objects.get()
    assert (kept.planned_on, kept.is_held, kept.attendance["severnmouth-police"]["came"]) == (on, True, False)
    said = {"planned_on": f"{on}", "is_held": "no", "why": "It was put off because the chair was ill", **came}
    assert client.post(address, said).status_code == 302  # set right
    assert Meeting.objects.get().is_held is False


@pytest.mark.django_db
def test_a_lot_is_drawn_for_a_meeting(client: Client, cast: Cast) -> None:
    made, about = begun(cast), make_person("Amara Osei")
    let_in(about, cast.east)
    Involvement.objects.create(subject=about, scope=about.scope, agency=cast.council, worker=cast.asha.name,
                               role="Social worker", recorded_at=NOW, is_lead=True)  # fmt: skip
    make_entry("Child protection plan: neglect", about, kind="child-protection-plan", on=timezone.localdate())
    on = made.first_on + timedelta(weeks=18)
    client.force_login(cast.hana)
    said = {"kind": "neglect", "how_many": "4", "meeting": f"{made.pk}:{on}"}
    assert client.post("/case-audits/draw", said).status_code == 302
    assert (Draw.objects.get().group, Draw.objects.get().meets_on) == (made, on)
    row = next(row for row in page(client, cast.vera, f"{GROUPS}/{made.pk}").select("tr") if "To come" in row.text)
    assert row.select("td")[1].text == "1"
    client.force_login(cast.hana)
    assert client.post("/case-audits/draw", {**said, "meeting": f"{made.pk}:{on + timedelta(1)}"}).status_code == 422


@pytest.mark.django_db
def test_its_calendar_names_nobody(client: Client, cast: Cast) -> None:
    made = begun(cast, "Hana Yilmaz’s group")
    client.force_login(cast.vera)
    response = client.get(f"{GROUPS}/{made.pk}.ics")
    assert response.headers["Content-Type"].startswith("text/calendar")
    text = response.content.decode()
    assert "Hana" not in text
    event = Calendar.from_ical(text).walk("VEVENT")[0]
    assert event["SUMMARY"] == "Case audit meeting: Neglect"
    assert event["RRULE"]["INTERVAL"] == [6]
    assert event["DTSTART"].dt.date() == made.first_on


@pytest.mark.django_db
def test_a_group_that_ended_meets_no_more_and_keeps_what_was(client: Client, cast: Cast) -> None:
    made = begun(cast)
    with viewing_as(cast.asha), pytest.raises(NotAllowed):
        end_group(group=made, by=cast.asha, now=timezone.now())
    client.force_login(cast.hana)
    assert client.post(f"{GROUPS}/{made.pk}/end").status_code == 302
    shown = page(client, cast.vera, f"{GROUPS}/{made.pk}").text
    assert "To come" not in shown
    assert "3 of 3 meetings" in shown


@pytest.mark.django_db
def test_many_groups_ask_no_more_questions(client: Client, cast: Cast) -> None:
    begun(cast)
    client.force_login(cast.vera)
    client.get(GROUPS)
    with CaptureQueriesContext(connection) as few:
        client.get(GROUPS)
    for number in range(5):
        begun(cast, f"Group {number}")
    client.force_login(cast.vera)
    client.get(GROUPS)
    with CaptureQueriesContext(connection) as many:
        client.get(GROUPS)
    assert len(many) <= len(few)
