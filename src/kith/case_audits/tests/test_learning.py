"""The loop of learning: a rhythm, prompts before it is due and while it is late, who read it, what changed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from kith.case_audits.actions.learning import (
    Learned,
    NewRhythm,
    prompt_learning,
    say_changed,
    send_learning,
    set_rhythm,
)
from kith.case_audits.models import Learning, LearningRead, LearningRhythm
from kith.case_audits.queries.learning import JOB, loop_on, read_by_team
from kith.case_audits.rules.rhythm import Rhythm, Stretch, answers, days_due, due_day, in_time_words, measured
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.clocks import HERE
from kith.foundations.notices.models import Notice
from tests.support.cast import Cast

MONDAY = date(2026, 11, 2)


def page(client: Client, who: Viewer, address: str, status: int = 200) -> BeautifulSoup:
    client.force_login(who)
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return BeautifulSoup(response.content, "html.parser")


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=HERE)


def every_fortnight(cast: Cast, since: date = MONDAY) -> None:
    with viewing_as(cast.hana):
        set_rhythm(rhythm=NewRhythm(Rhythm.FORTNIGHT, since, cast.hana), by=cast.hana, now=at(since))


def sent(cast: Cast, on: date) -> Learning:
    with viewing_as(cast.hana):
        return send_learning(learned=Learned(on.replace(day=1), "Visits", "Plans"), by=cast.hana, now=at(on))


def prompted(day: date) -> int:
    return prompt_learning(by=system_viewer(JOB), now=at(day))


def test_days_that_learning_is_due() -> None:
    fortnight, month = Stretch(Rhythm.FORTNIGHT, MONDAY), Stretch(Rhythm.MONTH, date(2026, 1, 31))
    assert days_due([fortnight], date(2026, 11, 20)) == [MONDAY, date(2026, 11, 16), date(2026, 11, 30)]
    assert [due_day(Rhythm.MONTH, month.since, step).day for step in range(4)] == [31, 28, 31, 30]
    before = Stretch(Rhythm.MONTH, date(2026, 9, 1), before=MONDAY)
    assert days_due([before, fortnight], MONDAY) == [date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1), MONDAY,
                                                     date(2026, 11, 16)]  # fmt: skip


def test_what_is_sent_answers_what_is_owed_first() -> None:
    days = [MONDAY, date(2026, 11, 16), date(2026, 11, 30)]
    assert answers(days, {}, date(2026, 11, 17)) == date(2026, 11, 16)
    assert answers(days, {date(2026, 11, 16): date(2026, 11, 16)}, date(2026, 11, 17)) == date(2026, 11, 30)
    assert answers([], {}, MONDAY) is None


def test_the_loop_is_measured() -> None:
    days = [MONDAY, date(2026, 11, 16), date(2026, 11, 30), date(2026, 12, 14)]
    told = measured(days, {MONDAY: date(2026, 11, 1), days[1]: date(2026, 11, 20)}, date(2026, 12, 1))
    assert [one.on for one in told] == [days[2], days[1], days[0]]
    assert in_time_words(told) == "1 of 3 in time, 1 late by up to 4 days, 1 never sent."
    assert in_time_words([]) == "Nothing was due yet."


@pytest.mark.django_db
def test_whoever_owns_the_learning_is_prompted_before_it_is_due_and_while_it_is_late(cast: Cast) -> None:
    assert prompted(MONDAY) == 0  # no rhythm
    every_fortnight(cast)
    assert prompted(MONDAY) == 1
    assert prompted(MONDAY) == 0  # told once
    assert prompted(MONDAY + timedelta(days=1)) == 1  # late
    assert prompted(MONDAY + timedelta(days=2)) == 0  # once a week
    assert prompted(MONDAY + timedelta(days=8)) == 1
    sent(cast, MONDAY + timedelta(days=9))
    assert prompted(MONDAY + timedelta(days=10)) == 0
    assert prompted(MONDAY + timedelta(days=11)) == 1  # three days before the next
    told = Notice.objects.filter(viewer=cast.hana, about__startswith="learning-due").order_by("pk")
    assert [one.text.removeprefix("What case audits taught ") for one in told][:2] == [
        "is due on 2 Nov 2026",
        "was due on 2 Nov 2026 and was not sent",
    ]
    assert not Notice.objects.exclude(viewer=cast.hana).filter(about__startswith="learning-due").exists()
    with viewing_as(cast.hana):
        loop = loop_on(MONDAY + timedelta(days=11))
    assert in_time_words(loop.measured) == "0 of 1 in time, 1 late by up to 9 days."
    assert (loop.owed, loop.next_due) == (None, MONDAY + timedelta(days=14))


@pytest.mark.django_db
def test_a_rhythm_is_set_by_a_form_and_stands_on_the_page(client: Client, cast: Cast) -> None:
    assert "Nobody has said yet how often" in page(client, cast.vera, "/case-audits/learning").text
    found = page(client, cast.hana, "/case-audits/learning/rhythm")
    today = timezone.localdate()
    boxes = [box["name"] for box in found.select("input[inputmode=numeric]")]
    said = {"every": "month", "owner": str(cast.hana.pk), **dict(zip(boxes, (today.day, today.month, today.year),
                                                                     strict=True))}  # fmt: skip
    assert client.post("/case-audits/learning/rhythm", said).status_code == 302
    assert LearningRhythm.objects.get().owner == cast.hana
    shown = page(client, cast.vera, "/case-audits/learning").find("main").text
    assert "Every month, from Hana Yilmaz. Nothing was sent yet." in shown
    assert "Due today" in shown
    again = page(client, cast.hana, "/case-audits/learning/rhythm")
    assert again.select_one("input[name=every][checked]")["value"] == "month"
    assert again.select_one("select[name=owner] option[selected]")["value"] == str(cast.hana.pk)
    assert all(box.get("value") for box in again.select("input[inputmode=numeric]"))
    for who in (cast.asha, cast.vera, cast.dev):
        page(client, who, "/case-audits/learning/rhythm", 403)


@pytest.mark.django_db
def test_teams_say_that_they_have_read_it_and_nobody_is_named(client: Client, cast: Cast) -> None:
    made = sent(cast, timezone.localdate())
    assert "0 of 3" in page(client, cast.vera, f"/case-audits/learning/{made.pk}").text
    client.force_login(cast.asha)
    for _ in range(2):
        assert client.post(f"/case-audits/learning/{made.pk}/read").status_code == 302
    assert LearningRead.objects.count() == 1
    shown = page(client, cast.vera, f"/case-audits/learning/{made.pk}").find("main").text
    assert "1 of 3" in shown
    assert "Asha" not in shown
    with viewing_as(cast.vera):
        teams = {one.team: (one.read, one.told) for one in read_by_team(made)}
    assert teams["Contextual Safeguarding East, Severnmouth Council"] == (1, 3)
    assert not any("West" in team for team in teams)  # another authority
    client.force_login(cast.dev)
    assert client.post(f"/case-audits/learning/{made.pk}/read").status_code == 403


@pytest.mark.django_db
def test_what_changed_after_closes_the_loop(client: Client, cast: Cast) -> None:
    made = sent(cast, timezone.localdate())
    client.force_login(cast.hana)
    address = f"/case-audits/learning/{made.pk}/changed"
    assert client.post(address, {"changed": ""}).status_code == 422
    assert client.post(address, {"changed": "Plans now begin with the child’s words"}).status_code == 302
    assert "Plans now begin with" in page(client, cast.asha, f"/case-audits/learning/{made.pk}").text
    with viewing_as(cast.asha), pytest.raises(NotAllowed):
        say_changed(learning=made, changed="x", by=cast.asha, now=timezone.now())


@pytest.mark.django_db
def test_each_due_day_is_taken_away_as_a_file(client: Client, cast: Cast) -> None:
    every_fortnight(cast, timezone.localdate() - timedelta(days=30))
    sent(cast, timezone.localdate() - timedelta(days=30))
    client.force_login(cast.vera)
    file = client.get("/case-audits/learning/in-time.csv").content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[2] for line in file] == ["In time", "Missed", "Missed", "In time"][: len(file)]
