"""The rota as people keep it: shifts, gaps, swaps in two clicks, undone again, handed over, in a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from kith.foundations.access.actions import join_partnership
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.notices.models import Notice
from kith.moments.actions.handing_over import hand_over, take_over
from kith.moments.actions.rota import NewShift, add_shifts, offer_shift, take_off, take_shift, undo_swap
from kith.moments.models import CalendarAddress, HandoverNote, Shift, Swap
from kith.moments.presenters.rota import gap_in_words
from kith.moments.queries.rota import on_call_now
from kith.moments.rules.rota import ShiftKind
from tests.support.cast import NOW, Cast, make_viewer

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 3)


@pytest.fixture
def tess(cast: Cast) -> Any:
    viewer = make_viewer("Tess Moran", "practitioner", cast.council, cast.response, phone="01632 960174")
    join_partnership()
    return viewer


def shift_of(cast: Cast, who: Any, day: date = TODAY, kind: ShiftKind = ShiftKind.DAY, weeks: int = 1) -> Shift:
    new = NewShift(who, kind, day, weeks=weeks)
    with viewing_as(cast.sol):
        return add_shifts(team=cast.response, new=new, by=cast.sol, now=NOW)[0]


def signed_in(who: Any) -> Client:
    client = Client()
    client.force_login(who)
    return client


def test_whoever_is_on_now_is_found_with_a_number(cast: Cast, tess: Any) -> None:
    shift_of(cast, tess)
    with viewing_as(cast.carol):
        on = on_call_now(cast.response, NOW)
    assert [(shift.viewer.name, shift.phone) for shift in on] == [("Tess Moran", "01632 960174")]
    with viewing_as(cast.dev):  # of an agency outside the partnership
        assert on_call_now(cast.response, NOW) == []


def test_a_shift_repeats_each_week_and_stands_once(cast: Cast, tess: Any) -> None:
    new = NewShift(tess, ShiftKind.NIGHT, date(2026, 10, 24), weeks=4)
    with viewing_as(cast.hana):
        assert len(add_shifts(team=cast.response, new=new, by=cast.hana, now=NOW)) == 4
        assert add_shifts(team=cast.response, new=new, by=cast.hana, now=NOW) == []
    starts = Shift.objects.order_by("starts_at").values_list("starts_at", flat=True)
    assert [one.hour for one in starts] == [22, 23, 23, 23]  # 11 pm, before and after the clocks go back


def test_only_the_team_and_its_managers_keep_the_rota(cast: Cast, tess: Any) -> None:
    for who in (cast.asha, cast.farah, cast.carol):
        with pytest.raises(NotAllowed):
            add_shifts(team=cast.response, new=NewShift(tess, ShiftKind.DAY, TODAY), by=who, now=NOW)
    with pytest.raises(NotAllowed, match="is not in Response"):
        add_shifts(team=cast.response, new=NewShift(cast.asha, ShiftKind.DAY, TODAY), by=cast.sol, now=NOW)


def test_a_swap_goes_over_and_back_and_both_are_told(cast: Cast, tess: Any) -> None:
    shift = shift_of(cast, cast.sol, date(2026, 11, 7))
    with viewing_as(cast.sol):
        swap = offer_shift(shift=shift, by=cast.sol, now=NOW)
        assert offer_shift(shift=shift, by=cast.sol, now=NOW) == swap
        with pytest.raises(NotAllowed, match="have this shift already"):
            take_shift(swap_id=swap.pk, by=cast.sol, now=NOW)
    with viewing_as(tess):
        take_shift(swap_id=swap.pk, by=tess, now=NOW)
        with pytest.raises(NotAllowed):
            take_shift(swap_id=swap.pk, by=tess, now=NOW)
    shift.refresh_from_db()
    assert (shift.viewer, shift.phone) == (tess, "01632 960174")
    with viewing_as(cast.sol):
        undo_swap(swap_id=swap.pk, by=cast.sol, now=NOW)
    shift.refresh_from_db()
    assert shift.viewer == cast.sol
    swap.refresh_from_db()
    assert (swap.taken_by, swap.undone_by) == (tess, cast.sol)  # what was stays on record
    told = set(Notice.objects.values_list("viewer__name", "text"))
    assert {("Tess Moran", "A shift is offered to you."), ("Sol Adeyemi", "The shift you offered was taken."),
            ("Tess Moran", "A swap of yours was undone.")} <= told  # fmt: skip


def test_a_shift_that_has_begun_does_not_go_back(cast: Cast, tess: Any) -> None:
    shift = shift_of(cast, cast.sol, date(2026, 11, 7))
    swap = offer_shift(shift=shift, by=cast.sol, now=NOW)
    take_shift(swap_id=swap.pk, by=tess, now=NOW)
    with pytest.raises(NotAllowed, match="has begun"):
        undo_swap(swap_id=swap.pk, by=tess, now=shift.starts_at)
    with pytest.raises(NotAllowed):
        undo_swap(swap_id=swap.pk, by=cast.ben, now=NOW)


def test_taken_off_it_stays_on_record_and_its_holder_is_told(cast: Cast, tess: Any) -> None:
    shift = shift_of(cast, tess, date(2026, 11, 7))
    with viewing_as(cast.sol), pytest.raises(NotAllowed):
        take_off(shift=shift, by=cast.sol, now=NOW)
    with viewing_as(cast.hana):
        take_off(shift=shift, by=cast.hana, now=NOW)
    assert Shift.objects.get(pk=shift.pk).off_by == cast.hana
    assert Notice.objects.get(viewer=tess).text == "A shift of yours was taken off the rota."
    shift_of(cast, tess, date(2026, 11, 7))  # may be put back
    assert Shift.objects.count() == 2


def test_what_is_handed_over_is_taken_over_once(cast: Cast, tess: Any) -> None:
    with viewing_as(cast.sol):
        note = hand_over(team=cast.response, text="CM-7KQ2XN waits for the school to ring", by=cast.sol, now=NOW)
    with viewing_as(tess):
        take_over(note_id=note.pk, by=tess, now=NOW)
    with viewing_as(cast.sol):
        take_over(note_id=note.pk, by=cast.sol, now=NOW + timedelta(hours=1))
    assert HandoverNote.objects.get().taken_by == tess
    with viewing_as(cast.asha):
        assert not HandoverNote.objects.exists()


def test_a_gap_is_said_plainly() -> None:
    said = gap_in_words(datetime(2026, 11, 7, 23, tzinfo=UTC), datetime(2026, 11, 8, 8, tzinfo=UTC))
    assert said == "Nobody is on call on Saturday 7 November, 11 pm to Sunday 8 November, 8 am"


@time_machine.travel(NOW, tick=False)
def test_the_page_says_who_is_on_where_nobody_is_and_whom_to_ring_then(cast: Cast, tess: Any) -> None:
    shift_of(cast, tess)
    page = signed_in(cast.carol).get("/on-call/").content.decode()
    assert "On now: Tess Moran" in page
    assert "01632 960174" in page
    assert "Nobody is on call on Tuesday 3 November, 11 pm to Monday 16 November, 8 am" in page
    assert "Ring Severnmouth Council out of hours on 01632 960199." in page
    assert "Add a shift" not in page
    assert "Severnmouth Council" not in signed_in(cast.dev).get("/on-call/").content.decode()


@time_machine.travel(NOW, tick=False)
def test_a_shift_is_added_on_its_page(cast: Cast, tess: Any) -> None:
    day = {"day_0": "7", "day_1": "11", "day_2": "2026"}
    client = signed_in(cast.sol)
    names = [one for one in client.get("/on-call/new").content.decode().split('name="') if one.startswith("day")]
    answers = {part.split('"')[0]: value for part, value in zip(names, day.values(), strict=True)}
    answers |= {"who": f"{cast.response.pk}-{tess.pk}", "kind": "night", "weeks": "4", "phone": ""}
    page = client.post("/on-call/new", answers, follow=True).content.decode()
    assert "4 shifts are on the rota." in page
    assert Shift.objects.filter(viewer=tess).count() == 4


@time_machine.travel(NOW, tick=False)
def test_a_swap_is_two_clicks_on_the_page(cast: Cast, tess: Any) -> None:
    shift = shift_of(cast, cast.sol, date(2026, 11, 7))
    signed_in(cast.sol).post(f"/on-call/shifts/{shift.pk}/offer")
    swap = Swap.objects.get()
    page = signed_in(tess).post(f"/on-call/swaps/{swap.pk}/take", follow=True).content.decode()
    assert "The shift is yours: Saturday 7 November, 8 am to 11 pm." in page
    assert "Tess Moran took Saturday 7 November" in page
    assert signed_in(cast.sol).post(f"/on-call/swaps/{swap.pk}/undo", follow=True).status_code == 200
    assert Shift.objects.get(pk=shift.pk).viewer == cast.sol


@time_machine.travel(NOW, tick=False)
def test_a_calendar_says_when_and_names_nobody(cast: Cast, tess: Any) -> None:
    shift_of(cast, tess, kind=ShiftKind.NIGHT)
    client = signed_in(tess)
    page = client.post("/on-call/calendar", {"do": "make"}).content.decode()
    address = page.split("/on-call/calendar/")[1].split(".ics")[0]
    assert CalendarAddress.objects.get().secret_hash != address
    assert address not in client.get("/on-call/calendar").content.decode()  # shown once
    answer = Client().get(f"/on-call/calendar/{address}.ics")
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert (str(event["SUMMARY"]), event["DTSTART"].dt) == ("On call", datetime(2026, 11, 3, 23, tzinfo=UTC))
    assert not any(word in answer.content.decode() for word in ("Tess", "Moran", "960174", "Response"))
    assert Client().get("/on-call/calendar/nobody-has-this.ics").status_code == 404
    client.post("/on-call/calendar", {"do": "end"})
    assert Client().get(f"/on-call/calendar/{address}.ics").status_code == 404


@time_machine.travel(NOW, tick=False)
def test_a_new_address_ends_the_old_one(cast: Cast, tess: Any) -> None:
    client = signed_in(tess)
    old, new = (client.post("/on-call/calendar", {"do": "make"}).content.decode() for _ in range(2))
    old_address = old.split("/on-call/calendar/")[1].split(".ics")[0]
    new_address = new.split("/on-call/calendar/")[1].split(".ics")[0]
    assert Client().get(f"/on-call/calendar/{old_address}.ics").status_code == 404
    assert Client().get(f"/on-call/calendar/{new_address}.ics").status_code == 200
    assert signed_in(cast.asha).get("/on-call/calendar").status_code == 403


def test_a_manager_of_the_agency_keeps_the_rota_on_its_pages(cast: Cast) -> None:
    client = signed_in(cast.hana)
    for page in ("/on-call/", "/on-call/new"):
        assert client.get(page).status_code == 200, page
    assert client.get("/on-call/handover").status_code == 403  # between those of the team
    with pytest.raises(NotAllowed):
        hand_over(team=cast.response, text="For them", by=cast.hana, now=NOW)
