"""The board of the hub and the fortnight's figures."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from kith.foundations.access.models import Agency, Team
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.front_door.actions.attendance import Said, say_presence
from kith.front_door.models import Check, CheckAnswer, Presence
from kith.front_door.queries.attendance import board_on, counts_between, missing_today
from kith.front_door.queries.review import review
from kith.front_door.tests.test_checks import asked_of, told
from tests.support.cast import NOW, Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 3)


def say(cast: Cast, how: str, on: date = TODAY, agency: Agency | None = None, note: str = "") -> Presence:
    with viewing_as(cast.farah):
        said = Said(agency or cast.school, how, note)
        return say_presence(said=said, on=on, by=cast.farah, now=NOW + timedelta(minutes=Presence.objects.count()))


def test_the_last_word_of_a_day_counts_and_none_is_erased(cast: Cast) -> None:
    for how in ("room", "absent", "absent", "remote"):
        say(cast, how)
    assert [one.how for one in board_on(TODAY)] == ["remote"]
    assert Presence.objects.count() == 3  # the same word again adds nothing


def test_who_is_missing(cast: Cast) -> None:
    say(cast, "room", TODAY - timedelta(days=1))
    assert missing_today(TODAY) == ["Harbour View Academy (nothing said today)"]
    assert missing_today(date(2026, 11, 8)) == []  # a Sunday, when nobody is expected
    say(cast, "absent", note="ill")
    assert missing_today(TODAY) == ["Harbour View Academy (absent: ill)"]
    say(cast, "pending")
    assert missing_today(TODAY) == []
    say(cast, "left")
    assert board_on(TODAY) == []


def test_an_agency_says_it_of_itself_and_of_nobody_else(cast: Cast) -> None:
    cast.carol.teams.add(Team.objects.create(agency=cast.school, name="Checks", work="checks"))
    with viewing_as(cast.carol):
        say_presence(said=Said(cast.school, "remote"), on=TODAY, by=cast.carol, now=NOW)
        assert len(board_on(TODAY)) == 1
        with pytest.raises(NotAllowed):
            say_presence(said=Said(cast.council, "remote"), on=TODAY, by=cast.carol, now=NOW)
    with viewing_as(cast.dev):
        assert board_on(TODAY) == []


def test_counts_by_month(cast: Cast) -> None:
    say(cast, "room", date(2026, 11, 2))
    say(cast, "absent", date(2026, 11, 3))
    counted = counts_between(date(2026, 11, 1), date(2026, 11, 6))
    assert [(one.agency, dict(one.days), one.nothing_said) for one in counted] == [
        ("Harbour View Academy", {"room": 1, "absent": 1}, 3)  # 4, 5 and 6 November
    ]
    later = counts_between(date(2026, 12, 1), date(2026, 12, 1))
    assert [(one.agency, one.nothing_said) for one in later] == [("Harbour View Academy", 1)]


@time_machine.travel(NOW, tick=False)
def test_the_board_is_set_on_its_page(client: Client, cast: Cast) -> None:
    client.force_login(cast.farah)
    day = {"on-day": "3", "on-month": "11", "on-year": "2026"}
    page = reverse("attendance")
    assert client.post(page, {**day, "add": cast.school.pk, "add_how": "room", "once": uuid4()}).status_code == 302
    how, note = f"how-{cast.school.pk}", f"note-{cast.school.pk}"
    assert client.post(page, {**day, how: "remote", note: "Teams", "once": uuid4()}).status_code == 302
    shown = client.get(page).content.decode()
    assert "By phone or remote" in shown
    assert "Teams" in shown
    assert client.get(page + "?month=nonsense").status_code == 200


def test_the_fortnight_in_figures(cast: Cast) -> None:
    police = Agency.objects.create(key="police", name="Avon Police", kind="police")
    contact = told()
    quick, late = (asked_of(contact, police, by=cast.farah)[0] for _ in range(2))
    asked_of(contact, cast.school, by=cast.farah, band="amber")
    gone = asked_of(contact, cast.school, by=cast.farah)[0]
    Check.objects.filter(pk=gone.pk).update(withdrawn_at=NOW, withdrawn_by=cast.farah, withdrawn_because="No")
    for check, hours in ((quick, 2), (late, 6)):
        at = NOW + timedelta(hours=hours)
        Check.objects.filter(pk=check.pk).update(answered_at=at)
        CheckAnswer.objects.create(check_asked=check, scope=check.scope, sent_as=uuid4(), at=at, nothing_known=True,
            source="record", may_share="family", name="N", role="R", phone="1")  # fmt: skip
    found = review(TODAY + timedelta(days=1), NOW + timedelta(hours=8))
    police_row, school_row = found.agencies
    assert (police_row.asked, police_row.within_band, police_row.late, police_row.median) == (2, 1, 1, 4.0)
    assert (police_row.share, school_row.share) == ("50%", "none due yet")
    assert (school_row.asked, school_row.withdrawn, school_row.waiting) == (2, 1, 1)
    assert (found.contacts, found.contacts_late, found.total.asked) == (1, 1, 4)
    assert review(TODAY - timedelta(days=1), NOW).total.asked == 0


def test_the_pack_is_for_those_who_decide(client: Client, cast: Cast) -> None:
    for who, status in ((cast.farah, 200), (cast.carol, 403), (cast.gwen, 403)):
        client.force_login(who)
        assert client.get(reverse("front-door-review")).status_code == status
