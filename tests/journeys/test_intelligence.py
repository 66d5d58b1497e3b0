"""J7: police work intelligence to a returned answer. Given, graded, made ready, approved, passed on, used, answered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kith.foundations.access.viewing import viewing_as
from kith.intelligence.actions import FlagGiven, set_flag
from kith.intelligence.models import Report
from kith.intelligence.tests.given import (
    PUBLIC,
    SOURCE,
    TEXT,
    approved,
    graded,
    passed_to_east,
    receive,
    report_of,
)
from tests.journeys.story import Story
from tests.support.cast import Cast, let_in, make_person


@pytest.fixture
def told(story: Story, cast: Cast) -> Story:
    """Carol at the page where intelligence is given; Amara's record is open to her and to Asha."""
    story.expected_statuses.add(409)  # words kept late, after the form was sent: not kept, and said so
    let_in(make_person(), cast.asha, cast.carol)
    story.given_signed_in_as(cast.carol)
    return story


def number() -> int:
    return Report.objects.latest("pk").pk


def test_from_what_carol_gives_to_what_she_hears(told: Story, cast: Cast) -> None:
    told.when_i_open("/intelligence/new")
    told.then_the_page_is_accessible("give")
    told.when_i_choose("No", "Is anybody in danger now?")
    told.when_i_fill("What do you know?", TEXT)
    told.when_i_choose("Somebody else told me")
    told.when_i_fill("Who told you", SOURCE)
    told.page.get_by_label("What it is").first.select_option("Vehicle")
    told.when_i_fill("Name or number", "QX07 ABC")
    told.when_i_fill("Find a record that it may be about", "Amara")
    told.when_i_press("Find")
    told.when_i_press("May be about Amara Osei")
    told.then_i_see("May be about Amara Osei")
    told.when_i_press("Pass it on")
    told.then_i_am_at("/intelligence/mine/")
    told.then_i_see("Thank you. It has reached those who grade it", TEXT, "We have received it.")
    told.then_the_page_is_accessible("given")

    told.given_signed_in_as(cast.kofi)
    told.when_i_open("/intelligence/")
    told.then_i_see("To be graded (1)", "due in 23 hours")
    told.then_the_page_is_accessible("queue")
    told.when_i_follow("I-")
    told.then_the_page_is_accessible("report")
    told.then_i_do_not_see("Tamsin", "Carol")
    told.when_i_choose("2  Untested")
    told.when_i_choose("B  Known indirectly")
    told.when_i_choose("C  May be shared, with conditions")
    told.when_i_choose("Medium")
    told.when_i_press("Save the grading")
    told.then_there_is_a_problem("Say on what conditions it may be shared")
    told.when_i_fill("On what conditions?", "Not to be read out in a meeting")
    told.when_i_press("Save the grading")
    told.then_i_see("Graded 2B.", "To be made ready to pass on")

    told.when_i_press("Make a version to pass on")
    told.when_i_fill("In words that do not tell the source", "We hear that Tamsin saw a car at the coach station")
    told.when_i_press("Send it to be approved")
    told.then_there_is_a_problem("Take out the words pointed out, or say why they stay")
    told.then_i_see("Look twice at:", "“Tamsin”")
    told.then_the_page_is_accessible("version")
    told.when_i_fill("In words that do not tell the source", PUBLIC)
    told.when_i_press("Send it to be approved")
    told.then_i_see("Somebody else approves it", "To be approved")
    told.when_i_press("Read the version that waits")
    told.then_i_see("You made this version. Somebody else approves it.")

    told.given_signed_in_as(cast.lena)
    told.when_i_open(f"/intelligence/{number()}/decide")
    told.then_the_page_is_accessible("decide")
    told.when_i_press("Approve")
    told.then_i_see("Approved. It can be passed on.")
    told.when_i_press("Pass it on")
    told.when_i_choose("Severnmouth Council: Contextual Safeguarding East")
    told.when_i_choose("To make a place safer")
    told.when_i_choose("A public task")
    told.then_the_page_is_accessible("pass on")
    told.when_i_press("Pass it on")
    told.then_i_see("Passed on to 1.", "They have not said yet what came of it.")
    told.then_the_page_is_accessible("passed on")

    told.given_signed_in_as(cast.asha)
    told.when_i_open("/intelligence/received/")
    told.then_i_see(PUBLIC, "Not to be read out in a meeting")
    told.then_the_page_is_accessible("received")
    told.when_i_follow("Say what came of it")
    told.when_i_choose("Yes", "Was it used in a plan?")
    told.when_i_fill("In which plan, or why not", "The plan for the coach station")
    told.when_i_press("Save")
    told.then_i_see("Whoever gave it will hear of it.")

    told.given_signed_in_as(cast.carol)
    told.when_i_open("/intelligence/mine/")
    told.then_i_see("Used in 1 plan", "It was used in a plan.")
    told.then_the_page_is_accessible("heard")


@pytest.mark.journey("J7")
def test_a_report_is_graded_within_its_time(told: Story, cast: Cast) -> None:
    receive(cast)
    told.given_signed_in_as(cast.kofi)
    with told.journey("J7"):
        told.when_i_open("/intelligence/")
        told.when_i_follow("I-")
        told.when_i_choose("2  Untested")
        told.when_i_choose("B  Known indirectly")
        told.when_i_choose("P  May be shared")
        told.when_i_choose("Medium")
        told.when_i_press("Save the grading")
        told.then_i_see("Graded 2B.")


def test_danger_stops_first_and_loses_no_word(told: Story) -> None:
    told.when_i_open("/intelligence/new")
    told.when_i_choose("Yes", "Is anybody in danger now?")
    told.when_i_fill("What do you know?", TEXT)
    told.when_i_choose("I saw or heard it myself")
    told.when_i_press("Pass it on")
    told.then_i_see("Ring 999 now.")
    told.then_the_page_is_accessible("stop")
    assert told.page.get_by_label("What do you know?").input_value() == TEXT
    told.when_i_press("I have rung 999: pass this on")
    told.then_i_see("Thank you.")


def test_flags_volumes_sources_and_the_record(told: Story, cast: Cast) -> None:
    receive(cast)
    receive(cast, text="A silver car waits by the coach station on Fridays again, the same driver.")
    told.given_signed_in_as(cast.kofi)
    told.when_i_open(f"/intelligence/{number()}/")
    told.then_i_see("May tell of the same thing", "the same vehicle")
    told.then_the_page_is_accessible("alike")
    told.when_i_press("Join with")
    told.then_i_see("It goes on with")
    told.when_i_press("Undo")
    told.when_i_open("/intelligence/flags/new")
    told.then_the_page_is_accessible("flag")
    told.when_i_fill("Registration", "QX07 ABC")
    told.when_i_fill("What the flag says", "Ring Kofi before stopping it")
    told.when_i_fill("Why", "Two reports in a month")
    told.page.get_by_label("Whose flag it is").select_option("Kofi Mensah, Intelligence officer")
    for question in ("To be reviewed on", "It ends on"):
        for part, value in (("Day", "30"), ("Month", "12"), ("Year", "2099")):
            told.page.get_by_role("group", name=question).get_by_label(part).fill(value)
    told.when_i_press("Set the flag")
    told.then_i_see("Vehicle QX07ABC")
    told.then_the_page_is_accessible("flags")
    told.when_i_open("/intelligence/volumes")
    told.then_i_see("Harbour View Academy", "2 of 2 reports were acknowledged")
    told.then_the_page_is_accessible("volumes")
    told.when_i_open("/intelligence/sources/")
    told.then_i_see("No sources are open to you")
    told.given_signed_in_as(cast.mina)
    told.when_i_open("/intelligence/sources/")
    told.then_the_page_is_accessible("sources")
    told.when_i_follow("I-")
    told.when_i_fill("Why do you need to know who gave it?", "A court asks")
    told.when_i_press("Show who gave it")
    told.then_i_see(SOURCE)
    told.then_the_page_is_accessible("source")


def test_at_the_record_as_intelligence_with_its_grade(told: Story, cast: Cast) -> None:
    amara = make_person("Bola Osei", headline=False)
    let_in(amara, cast.asha, cast.kofi)
    report = report_of(receive(cast))
    graded(cast, report)
    passed_to_east(cast, approved(cast, report, about=(amara.pk,)))
    until = timezone.localdate() + timedelta(days=40)
    with viewing_as(cast.kofi):
        flag = FlagGiven("Ring the team first", "She asked for one worker", cast.kofi.pk, until, until, amara.pk)
        set_flag(flag=flag, by=cast.kofi, now=timezone.now())
    told.given_signed_in_as(cast.asha)
    told.when_i_open(f"/records/{amara.pk}/intelligence")
    told.then_i_see("Intelligence, graded 2B", PUBLIC, "Ring the team first")
    told.then_the_page_is_accessible("record")
