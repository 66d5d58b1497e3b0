"""J9: a nurse in A&E tells of a critical moment in a minute; whoever is on call takes it and rings back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kith.foundations.access.actions import join_partnership
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.moments.actions.champions import Named, name_champion
from kith.moments.actions.rota import NewShift, add_shifts
from kith.moments.models import Moment
from kith.moments.rules.rota import ShiftKind
from tests.journeys.story import Story
from tests.support.cast import Cast, let_in, make_person, make_viewer

NHS = "9434765919"


@pytest.fixture
def tess(cast: Cast) -> Viewer:
    viewer = make_viewer("Tess Moran", "practitioner", cast.council, cast.response, phone="01632 960174")
    join_partnership()
    return viewer


@pytest.fixture
def nurse(cast: Cast) -> Viewer:
    """In the demonstration's school nurse's place: a partner who knows nothing of the record."""
    viewer = make_viewer("Rosa Lind", "practitioner", cast.school, job_title="Nurse in A&E", phone="01632 960130")
    join_partnership()
    return viewer


@pytest.fixture
def told(story: Story, cast: Cast, tess: Viewer, nurse: Viewer) -> Story:
    """Sol is on call from last night until tomorrow night; Amara's record is open to Asha."""
    story.expected_statuses.add(409)  # words kept late, after the form was sent: not kept, and said so
    let_in(make_person(nhs_number=NHS), cast.asha)
    now = timezone.now()
    today = timezone.localdate(now)
    with viewing_as(cast.sol):
        for day in range(-1, 3):
            for kind in ShiftKind:
                new = NewShift(cast.sol, kind, today + timedelta(days=day))
                add_shifts(team=cast.response, new=new, by=cast.sol, now=now)
    return story


@pytest.mark.journey("J9")
def test_a_nurse_tells_of_a_critical_moment(told: Story, nurse: Viewer) -> None:
    told.given_signed_in_as(nurse)
    with told.journey("J9"):
        told.when_i_open("/moments/new")
        told.when_i_fill("NHS number", "943 476 5919")
        told.when_i_choose("Injury or assault seen in A&E")
        told.when_i_choose("Yes", "Is the child still with you?")
        told.when_i_press("Page whoever is on call")
        told.then_i_see("Whoever is on call was paged. You are rung back by")


def test_from_the_telling_to_what_came_of_it(told: Story, cast: Cast, nurse: Viewer) -> None:
    told.given_signed_in_as(nurse)
    told.when_i_open("/moments/new")
    told.then_the_page_is_accessible("tell")
    told.when_i_press("Page whoever is on call")
    told.then_there_is_a_problem("Give the NHS number, or the name and the date of birth")
    told.when_i_fill("NHS number", "943 476 5919")
    told.when_i_choose("Injury or assault seen in A&E")
    told.when_i_press("Page whoever is on call")
    told.then_the_page_is_accessible("told")
    told.then_i_do_not_see("Amara", "Osei")

    told.given_signed_in_as(cast.sol)
    told.when_i_open("/moments/")
    told.then_i_see("Nobody has taken it")
    told.then_the_page_is_accessible("list")
    told.when_i_follow("CM-")
    told.then_i_see("Amara Osei", "01632 960130", "Paged: Sol Adeyemi")
    told.then_the_page_is_accessible("one")
    told.when_i_press("Take it")
    told.then_i_see("It is yours.")
    told.when_i_press("I have rung back")
    told.then_i_see("Rung back. Say now what you offered.")
    told.page.get_by_label("What did you offer?").select_option("A mentor")
    told.page.get_by_label("What did they say?").select_option("Accepted")
    told.when_i_press("Note the offer")
    told.then_i_see("Noted what was offered.")
    told.then_the_page_is_accessible("rung")
    told.when_i_follow("Find on record" if Moment.objects.get().subject_id is None else "Somebody else is meant")
    told.then_the_page_is_accessible("match")
    told.when_i_open(f"/moments/{Moment.objects.get().pk}/")
    told.when_i_fill("What came of it?", "She would like to meet the mentor on Friday.")
    told.when_i_press("Close it")
    told.then_i_see("Closed. What came of it is kept.", "done in time")
    told.then_the_page_is_accessible("closed")

    told.given_signed_in_as(nurse)
    told.when_i_open("/moments/mine")
    told.then_i_see("Closed. Thank you for telling.")
    told.given_signed_in_as(cast.asha)
    told.when_i_open(f"/moments/{Moment.objects.get().pk}/")
    told.then_i_see("She would like to meet the mentor on Friday.")


def test_a_shift_is_swapped_in_two_clicks_and_back(told: Story, cast: Cast, tess: Viewer) -> None:
    told.given_signed_in_as(cast.sol)
    told.when_i_open("/on-call/")
    told.then_i_see("On now: Sol Adeyemi", "Nobody is on call on")
    told.then_the_page_is_accessible("rota")
    told.page.get_by_role("button", name="Offer my shift of").last.click()
    told.then_i_see("Offered to the team.")
    told.given_signed_in_as(tess)
    told.when_i_open("/on-call/")
    told.then_the_page_is_accessible("offered")
    told.when_i_press("Take it")
    told.then_i_see("The shift is yours", "Tess Moran took")
    told.then_the_page_is_accessible("taken")
    told.when_i_press("Undo")
    told.then_i_see("Undone. The shift is where it was.")


def test_shifts_handing_over_and_a_calendar(told: Story, cast: Cast) -> None:
    told.given_signed_in_as(cast.sol)
    told.when_i_open("/on-call/new")
    told.then_the_page_is_accessible("shift")
    told.when_i_open("/on-call/handover")
    told.when_i_fill("What must whoever takes over know?", "CM-7KQ2XN waits for the school to ring.")
    told.when_i_press("Leave this note")
    told.then_i_see("CM-7KQ2XN waits for the school to ring.")
    told.then_the_page_is_accessible("handover")
    told.when_i_press("I take over")
    told.then_i_see("taken over by Sol Adeyemi")
    told.when_i_open("/on-call/calendar")
    told.when_i_press("Make an address")
    told.then_i_see("This address is shown once.")
    told.then_the_page_is_accessible("calendar")


def test_champions_the_rule_offers_and_alerts(told: Story, cast: Cast, nurse: Viewer) -> None:
    now = timezone.now()
    for kind, days in (("a-and-e", 90), ("school", -9)):
        named = Named(kind, nurse.name, nurse.phone, timezone.localdate(now) + timedelta(days=days), nurse.job_title)
        name_champion(named=named, by=nurse, now=now)
    told.given_signed_in_as(nurse)
    told.when_i_open("/champions/")
    told.then_i_see("Nobody is named.", "overdue")
    told.then_the_page_is_accessible("champions")
    told.when_i_open("/champions/new")
    told.then_the_page_is_accessible("champion")
    told.given_signed_in_as(cast.hana)
    for address, called in (("/moments/rules", "rule"), ("/moments/offers", "offers"), ("/moments/alerts", "alerts")):
        told.when_i_open(address)
        told.then_the_page_is_accessible(called)
