"""The live board: who stands on it, for whom, in what order, how much it asks of the database, what it says again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from kith.foundations.audit.models import AuditEvent
from kith.missing.actions import Back, Details, Reported, report_missing, say_back
from kith.missing.actions.grading import Graded, give_grade
from kith.missing.actions.updates import say_update, set_aside
from kith.missing.models import Conversation, Episode
from kith.missing.presenters.board import how_long
from kith.subjects.models import Involvement, Subject
from tests.support.cast import NOW, Cast, let_in, make_person

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def signed_in(who: Any) -> Client:
    client = Client()
    client.force_login(who)
    return client


def gone(cast: Cast, child: Subject, hours: float = 5, **fields: Any) -> Episode:
    now = timezone.now()
    told = Reported(child.pk, cast.police.pk, "missing", now - hours * HOUR, details=Details(missing_from="home"))
    return report_missing(reported=Reported(**{**vars(told), **fields}), by=cast.raj, now=now)


@pytest.fixture
def amara(cast: Cast) -> Subject:
    child = make_person("Amara Osei", headline=False)
    let_in(child, cast.asha)
    lead = {"worker": "Asha Rahman", "role": "Social worker", "team": "Contextual Safeguarding East", "is_lead": True}
    Involvement.objects.create(subject=child, scope=child.scope, agency=cast.council, recorded_at=NOW, **lead)
    return child


def board(who: Any, query: str = "") -> str:
    return signed_in(who).get(f"/missing/{query}").content.decode()


def test_those_who_search_and_follow_see_initials_and_nobody_else_sees_the_board(cast: Cast, amara: Subject) -> None:
    gone(cast, amara)
    for viewer in (cast.raj, cast.quinn):
        page = board(viewer)
        assert "A O, " in page
        assert "Contextual Safeguarding East" in page
        assert "Amara" not in page
        assert "Osei" not in page
    for viewer in (cast.asha, cast.carol, cast.dev, cast.pia, cast.ellis):
        assert signed_in(viewer).get("/missing/").status_code == 403
        assert signed_in(viewer).get("/missing/rows").status_code == 403


def test_an_empty_board_says_what_will_stand_there(cast: Cast) -> None:
    page = board(cast.raj)
    assert "Nobody is missing" in page
    assert "without a click" in page


def test_what_is_done_by_whom_and_the_highest_grade_first(cast: Cast, amara: Subject) -> None:
    longer = gone(cast, amara, hours=30)
    other = gone(cast, make_person("Leo Whitcombe"), hours=2, kind="away")
    now = timezone.now()
    graded = Graded("high", "Twelve, and it is freezing")
    give_grade(episode_id=other.pk, graded=graded, by=cast.raj, now=now)
    say_update(episode_id=longer.pk, text="Officers are at the coach station", by=cast.raj, now=now)
    page = BeautifulSoup(board(cast.quinn), "html.parser")
    rows = [row.get_text(" ", strip=True) for row in page.select(".kith-board__one")]
    assert rows[0].startswith("2 hours L W")
    assert "Away" in rows[0]
    assert "High" in rows[0]
    assert rows[1].startswith("30 hours A O")
    assert "Officers are at the coach station Raj Singh, Severnmouth police, today" in rows[1]
    assert "Not graded" in rows[1]


def test_it_is_narrowed_by_kind_grade_and_who_is_responsible(cast: Cast, amara: Subject) -> None:
    gone(cast, amara)
    gone(cast, make_person("Leo Whitcombe"), kind="away")
    assert "A O" in board(cast.raj, "?responsible=Contextual+Safeguarding+East")
    assert "L W" not in board(cast.raj, "?responsible=Contextual+Safeguarding+East")
    assert "A O" not in board(cast.raj, "?kind=away")
    assert "L W" in board(cast.raj, "?kind=away&grade=none")
    assert "Nobody that fits" in board(cast.raj, "?kind=away&grade=high")
    assert "A O" in board(cast.raj, "?kind=elsewhere&grade=%00")


def test_whoever_is_back_stands_there_until_talked_with(cast: Cast, amara: Subject) -> None:
    episode = gone(cast, amara)
    now = timezone.now()
    say_back(episode_id=episode.pk, back=Back(now - HOUR), by=cast.raj, now=now)
    page = board(cast.raj)
    assert "Missing or away now (0)" in page
    assert "Back, and not talked with yet (1)" in page
    assert "70 hours left" in page
    assert "Not offered yet" in page
    Conversation.objects.update(offered_at=now, held_at=now)
    assert "Back, and not talked with yet (0)" in board(cast.raj)


def test_what_was_set_aside_does_not_stand_there(cast: Cast, amara: Subject) -> None:
    episode = gone(cast, amara)
    set_aside(episode_id=episode.pk, because="She was at her grandmother's", by=cast.raj, now=timezone.now())
    assert "Missing or away now (0)" in board(cast.raj)


def test_rows_are_sent_once_and_a_new_one_at_once(cast: Cast, amara: Subject) -> None:
    client = signed_in(cast.raj)
    version = version_in(client.get("/missing/").content)
    assert client.get("/missing/rows", {"version": version}).status_code == 204
    gone(cast, amara)
    answer = client.get("/missing/rows", {"version": version})
    assert answer.status_code == 200
    assert "A O" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert client.get("/missing/rows", {"version": version_in(answer.content)}).status_code == 204


def test_who_looked_at_whom_is_written_down_once_and_not_every_three_seconds(cast: Cast, amara: Subject) -> None:
    client = signed_in(cast.raj)
    version = version_in(client.get("/missing/").content)
    gone(cast, amara)
    version = version_in(client.get("/missing/rows", {"version": version}).content)
    for _ in range(3):
        client.get("/missing/rows", {"version": version})
    looked = list(AuditEvent.objects.filter(action="read-board").order_by("pk").values_list("subjects", flat=True))
    assert looked == [[], [amara.pk]]


@pytest.mark.parametrize("path", ["/missing/", "/missing/rows"])
def test_it_asks_as_much_of_many_as_of_one(
    cast: Cast, amara: Subject, path: str, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(cast.quinn)
    gone(cast, amara)
    client.get(path)
    with django_assert_max_num_queries(60) as few:
        client.get(path)
    for number in range(12):
        episode = gone(cast, make_person(f"Child {number}"), hours=number + 1)
        say_update(episode_id=episode.pk, text="Looking", by=cast.raj, now=timezone.now())
        if number % 2:
            say_back(episode_id=episode.pk, back=Back(timezone.now()), by=cast.raj, now=timezone.now())
    with django_assert_max_num_queries(60) as many:
        client.get(path)
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("hours", "said"),
    [(0, ("0", "minutes")), (0.7, ("42", "minutes")), (1, ("1", "hour")), (71.9, ("71", "hours")), (73, ("3", "days"))],
)
def test_how_long_in_figures(hours: float, said: tuple[str, str]) -> None:
    assert how_long(NOW - hours * HOUR, NOW) == said


def version_in(content: bytes) -> str:
    box = BeautifulSoup(content, "html.parser").select_one("input[name=version]")
    assert box
    return str(box["value"])


def test_a_board_that_asks_by_itself_keeps_nobody_signed_in(cast: Cast, time_machine: Any) -> None:
    """Only what somebody does counts: after twenty minutes the page asks as a whole, which ends the session."""
    type(cast.raj).objects.filter(pk=cast.raj.pk).update(password="of no use, and yet a password")
    cast.raj.refresh_from_db()
    start, client = timezone.now(), signed_in(cast.raj)
    client.get("/missing/")
    for minutes in range(1, 20, 3):
        time_machine.move_to(start + timedelta(minutes=minutes))
        assert client.get("/missing/rows", headers={"HX-Request": "true"}).status_code in (200, 204)
    time_machine.move_to(start + timedelta(minutes=22))
    told = client.get("/missing/rows", headers={"HX-Request": "true"})
    assert (told.status_code, told.headers.get("HX-Trigger")) == (204, "time-is-over")
    assert client.get("/missing/").status_code == 302
