"""A place with no child named goes from a stranger's report to an open pathway: record, clock, circle, plan to come."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from kith.foundations.access.models import Team
from kith.front_door.actions import code_of
from kith.front_door.models import Contact
from kith.subjects.models import Subject
from tests.journeys.story import Story
from tests.journeys.test_tell import reports_a_place
from tests.support.cast import Cast, make_viewer


@pytest.fixture
def contexts(cast: Cast) -> Team:
    team = Team.objects.create(agency=cast.council, name="Contextual Safeguarding Places", work="contexts")
    make_viewer("Nell Adeyemi", "practitioner", cast.council, team, job_title="Community worker")
    return team


def test_a_reported_place_becomes_work_that_somebody_leads(story: Story, cast: Cast, contexts: Team) -> None:
    reports_a_place(story)
    contact = Contact.objects.get()

    story.given_signed_in_as(cast.farah)
    story.when_i_open("/front-door/")
    story.when_i_follow(contact.reference)
    story.when_i_press("Begin a new record for Harbour Park gate")
    story.page.get_by_label("What kind of place it is").select_option("Park or open space")
    story.when_i_press("Begin the record")
    story.page.get_by_label("Act on it").check()
    story.page.get_by_label("What follows for Harbour Park gate").select_option("Context pathway")
    story.when_i_choose("Not sure yet")
    story.when_i_fill("Why", "An adult calls pupils over to his car. Nobody yet looks out for them there.")
    story.when_i_choose("Yes", "Is it shared with those who will work on it?")
    story.when_i_choose("Public task (Article 6(1)(e))")
    story.then_the_page_is_accessible("decision")
    story.when_i_press("Decide and go on to the reply")
    story.when_i_press("Keep the reply and send it")
    story.then_the_heading_is("Front door")

    nell = contexts.viewers.get()
    story.given_signed_in_as(nell)
    story.when_i_open("/")
    story.then_i_see("Harbour Park gate: context pathway", "A lead is allocated")
    story.then_the_page_is_accessible("desk")
    place = Subject.objects.get(name="Harbour Park gate")
    story.when_i_open(f"/records/{place.pk}/")
    story.then_i_see("Work under way", "Next: Somebody leads this by")
    story.then_the_page_is_accessible("record")
    story.when_i_follow("Context pathway")
    story.page.get_by_label("Who leads it?").select_option("Nell Adeyemi, Community worker")
    story.when_i_press("Allocate")
    story.then_i_see("Nell Adeyemi leads it from now on.")
    story.page.get_by_label("Assessing").check()
    story.when_i_fill("Why", "Met the park’s gardener, who knows when the car comes.")
    story.then_the_page_is_accessible("work")
    story.when_i_press("Record the step")
    expect(story.page.locator(".kith-path__step--now")).to_contain_text("Assessing")
    story.then_i_see("Context assessment finished", "20 working days, local, not yet verified")


def test_whoever_told_reads_that_it_was_decided(story: Story, cast: Cast) -> None:
    reports_a_place(story)
    contact = Contact.objects.get()
    story.given_signed_in_as(cast.farah)
    story.when_i_open(f"/front-door/{contact.pk}/")
    story.page.get_by_label("No further action").check()
    story.when_i_fill("Why", "The gardener was there and knows him: the uncle of one of them.")
    story.when_i_choose("No", "Is it shared with those who will work on it?")
    story.when_i_fill("Why it is not shared", "Nobody is named.")
    story.when_i_press("Decide and go on to the reply")
    story.when_i_press("Keep the reply and send it")
    story.context.clear_cookies()
    story.when_i_open("/tell/follow")
    story.when_i_fill("Reference", contact.reference)
    story.when_i_fill("Code", code_of(contact.sent_as))
    story.when_i_press("Continue")
    expect(story.page.locator(".kith-steps__done")).to_have_count(3)
    story.then_i_do_not_see("gardener")
