"""The programme without any child: done of due, who came, what was learned, what agencies handed in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from kith.case_audits.actions.learning import Learned, send_learning
from kith.case_audits.actions.library import HandedIn, hand_in
from kith.case_audits.actions.programme import Came, note_meeting
from kith.case_audits.models import Judged, Learning, Meeting, Submission
from kith.case_audits.rules.kinds import year_of
from kith.foundations.access.actions import figures_scope
from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.notices.models import Notice
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db


def page(client: Client, who: Viewer, address: str, status: int = 200) -> BeautifulSoup:
    client.force_login(who)
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return BeautifulSoup(response.content, "html.parser")


def judged(cast: Cast, month: date, many: int, word: str = "good") -> None:
    for _ in range(many):
        Judged.objects.create(scope=figures_scope(), kind="single", agency=cast.council, month=month, is_whole=True,
                              judgements={"voice": word})  # fmt: skip


def test_done_of_due_by_kind_and_agency(client: Client, cast: Cast) -> None:
    today = timezone.localdate()
    judged(cast, today.replace(day=1), 4)
    found = page(client, cast.vera, "/case-audits/")
    row = next(row for row in found.select("table.kith-figures tbody tr") if "Single record" in row.text)
    assert "4 of 9" in row.text
    assert "9 to 12 a month (not yet verified)" in row.text
    by_agency = next(table for table in found.select("table") if "by agency" in table.caption.text)
    assert "Severnmouth Council" in by_agency.text
    months = sum(1 for one in year_of(today).months if one.first < today.replace(day=1))
    assert (f"{9 * months} behind the plan" in row.text) is (months > 0)


def test_that_the_police_came_to_none_is_said_plainly(client: Client, cast: Cast) -> None:
    today = timezone.localdate()
    now = timezone.now()
    with viewing_as(cast.hana):
        for came in ({"severnmouth-police": False, "harbour-view": True}, {"severnmouth-police": False}):
            said = Came("multi-agency", today, came, {"severnmouth-police": "No capacity"})
            note_meeting(meeting=said, by=cast.hana, now=now)
    found = page(client, cast.vera, "/case-audits/").text
    assert "Severnmouth police came to none of the 2: “No capacity”" in found
    assert "Came to 1 of 1" in found


def test_a_meeting_is_noted_by_a_form(client: Client, cast: Cast) -> None:
    found = page(client, cast.hana, "/case-audits/meetings/new")
    today = timezone.localdate()
    boxes = [box["name"] for box in found.select("input[inputmode=numeric]")]
    said = {"kind": "multi-agency", **dict(zip(boxes, (today.day, today.month, today.year), strict=True))}
    for box in found.select("input[type=radio]"):
        said[str(box["name"])] = "unasked"
    said["came-severnmouth-police"] = "not"
    assert client.post("/case-audits/meetings/new", said).status_code == 302
    assert Meeting.objects.get().attendance == {"severnmouth-police": {"came": False, "words": ""}}


def test_learning_is_sent_to_teams_and_names_nobody(client: Client, cast: Cast) -> None:
    client.force_login(cast.hana)
    month = timezone.localdate().replace(day=1)
    said = {"month": month.isoformat(), "good": "Visits", "keeps_coming_up": "Plans without days",
            "you_said": "Forms are long", "we_did": "Two questions less"}  # fmt: skip
    assert client.post("/case-audits/learning/new", said).status_code == 302
    made = Learning.objects.get()
    told = Notice.objects.filter(once=f"case-audit-learning:{made.pk}")
    assert {cast.asha, cast.hana, cast.farah, cast.quinn} <= {one.viewer for one in told}
    assert cast.dev not in {one.viewer for one in told}
    assert made.sent_to == told.count()
    assert "Two questions less" in page(client, cast.asha, f"/case-audits/learning/{made.pk}").text
    with viewing_as(cast.asha), pytest.raises(NotAllowed):
        send_learning(learned=Learned(month, "x", "y"), by=cast.asha, now=timezone.now())


def test_trends_hold_small_numbers_back(client: Client, cast: Cast) -> None:
    begins = year_of(timezone.localdate()).a_year_before().begins
    judged(cast, begins, 2)
    found = page(client, cast.vera, "/case-audits/learning").text
    assert found.count("Too few audits yet") == 1  # once, with every question it is true of
    for month in range(3):
        judged(cast, date(begins.year, begins.month + month, 1), 10)
        judged(cast, date(begins.year, begins.month + month, 1), 10, "improve")
    found = page(client, cast.vera, "/case-audits/learning").text
    assert "Strong or good in 51.6% of audits in April to June" in found
    client.force_login(cast.vera)
    file = client.get("/case-audits/learning.csv").content.decode("utf-8-sig")
    assert "51.6" in file


def test_an_agencys_own_audit_is_handed_in_and_found_by_words(client: Client, cast: Cast) -> None:
    today = timezone.localdate()
    own = HandedIn("Attendance plans", today - timedelta(days=90), today, 12, "Plans lack the child’s words", "Train")
    with viewing_as(cast.carol):
        made = hand_in(audit=own, by=cast.carol, now=timezone.now())
        with pytest.raises(ValueError, match="period"):
            hand_in(audit=HandedIn("x", today, today - timedelta(days=1), 1, "y"), by=cast.carol, now=timezone.now())
    assert "Attendance plans" in page(client, cast.vera, "/case-audits/library?q=words+harbour").text
    assert "None has all of this" in page(client, cast.vera, "/case-audits/library?q=unicorn").text
    assert "Plans lack" in page(client, cast.asha, f"/case-audits/library/{made.pk}").text
    page(client, cast.dev, "/case-audits/library", 403)
    page(client, cast.vera, "/case-audits/library/new", 403)
    with viewing_as(cast.dev):
        assert not Submission.objects.exists()
