"""J4: the missing team fills in a return conversation by phone; each concerned sees it at their own tier."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser

from kith.foundations.access.actions import open_circle
from kith.foundations.letters.models import Text
from kith.intelligence.models import Named, Report
from kith.missing.actions import Reported, report_missing
from kith.missing.actions.warnings import warn_before_late
from kith.missing.models import Conversation, Said
from kith.subjects.models import Subject
from tests.journeys.story import Story
from tests.support.cast import Cast, let_in, make_person

PHONE = {"width": 320, "height": 700}
HOUR = timedelta(hours=1)
OWN_WORDS = "I went with Big T because he said I owed him. We sat at the chip shop all night. I did not want to."
SUMMARY = "She told of a debt to an older man and of one place. A lift home would help."


@pytest.fixture
def zephyrine(cast: Cast) -> Subject:
    """Asha works with her, she lives at Pia's, and she came back 47 hours ago."""
    now = timezone.now()
    child = make_person("Zephyrine Quillfeather", headline=False)
    let_in(child, cast.asha, now=now)
    home = {"because": "Lives here", "reason_kind": "carer", "by": cast.loader, "now": now}
    open_circle(scope=child.scope, viewer=cast.pia, **home)
    reported = Reported(child.pk, cast.police.pk, "missing", now - 60 * HOUR, back_at=now - 49 * HOUR)
    report_missing(reported=reported, by=cast.raj, now=now)
    return child


@pytest.mark.journey("J4")
def test_a_conversation_is_written_up_on_a_doorstep(story: Story, cast: Cast, zephyrine: Subject) -> None:
    story.given_signed_in_as(cast.quinn)
    story.page.set_viewport_size(PHONE)
    conversation = Conversation.objects.get()
    with story.journey("J4"):
        story.when_i_open(reverse("talks"))
        story.when_i_follow(conversation.reference)
        story.when_i_follow("Write it up")
        story.page.get_by_label("How you talked").select_option(label="On a walk")
        story.when_i_choose("Yes", "Are you independent of where the child lives?")
        story.when_i_fill("In the child’s own words", OWN_WORDS)
        story.when_i_choose("Nothing to do")
        story.when_i_choose("A debt, or a threat")
        story.page.get_by_label("What it is").nth(0).select_option(label="Person")
        story.page.get_by_label("Name or number").nth(0).fill("Big T")
        story.page.get_by_label("What it is").nth(1).select_option(label="Place")
        story.page.get_by_label("Name or number").nth(1).fill("Chip shop on Quay Street")
        story.when_i_choose("Criminal exploitation")
        story.when_i_fill("What would help them", "A lift home on Fridays")
        story.when_i_fill("What is to be done to keep them safe", "Meet her from school on Friday")
        story.when_i_choose("Yes", "May we tell: police?")
        story.when_i_choose("Yes", "May we tell: their social worker?")
        story.when_i_choose("Yes", "May we tell: parent or carer?")
        story.when_i_choose("No", "May we tell: school?")
        story.when_i_choose("No", "May we tell: health?")
        story.when_i_fill("What the parent or carer is told", "We talked today. A lift home on Fridays would help.")
        story.when_i_fill("Their mobile number", "07700900123")
        story.when_i_fill("Summary for the record", SUMMARY)
        story.when_i_press("Save, and pass on what was agreed")
        story.then_i_see("what was agreed has gone on")
    assert Said.objects.get().own_words == OWN_WORDS
    assert set(Named.objects.values_list("value", flat=True)) == {"Big T", "Chip shop on Quay Street"}
    assert "Zephyrine" not in Report.objects.get().text
    message = Text.objects.get(to="07700900123").body
    assert "Zephyrine" not in message
    assert "Zephyrine" not in story.page.title()
    story.then_i_see("Held and written up", "done in time", OWN_WORDS, "Nothing has gone")
    story.then_the_page_is_accessible("written up")
    each_tier(story, cast, conversation)


def each_tier(story: Story, cast: Cast, conversation: Conversation) -> None:
    """The same clock, and no more than each may know."""
    for viewer, reads in ((cast.asha, True), (cast.pia, False), (cast.raj, False)):
        story.given_signed_in_as(viewer)
        story.when_i_open(reverse("talk", args=[conversation.pk]))
        story.then_i_see("Held and written up", "done in time")
        if reads:
            story.then_i_see(OWN_WORDS, "Meet her from school on Friday")
        else:
            story.then_i_do_not_see("Big T", "owed")
        story.then_the_page_is_accessible(f"seen by {viewer.name.split()[0]}")
    story.then_i_do_not_see("Zephyrine")


def test_warnings_reach_those_concerned(story: Story, cast: Cast, zephyrine: Subject) -> None:
    assert warn_before_late(by=cast.loader, now=timezone.now()) == 1
    conversation = Conversation.objects.get()
    for viewer in (cast.quinn, cast.asha):
        story.given_signed_in_as(viewer)
        story.when_i_open("/")
        story.then_i_see(f"48 hours after a child was back, conversation {conversation.reference} is not yet held")


def test_the_offer_is_told_step_by_step(story: Story, cast: Cast, zephyrine: Subject) -> None:
    story.given_signed_in_as(cast.quinn)
    story.when_i_open(reverse("talks"))
    story.then_i_see("Zephyrine Quillfeather", "Not offered yet", "due in 22 hours")
    story.then_the_page_is_accessible("list")
    story.when_i_follow(Conversation.objects.get().reference)
    story.then_the_page_is_accessible("one")
    story.when_i_follow("Tell what happened")
    story.when_i_choose("Declined")
    story.page.get_by_role("button", name="Write it down").click()
    story.then_there_is_a_problem("Answer the question: Why was it declined?")
    story.then_the_page_is_accessible("step")
    story.when_i_choose("Offered")
    story.when_i_fill("Who", "Sam Thistle, her youth worker")
    story.when_i_press("Write it down")
    story.then_i_see("It is written down", "Sam Thistle, her youth worker")
    story.when_i_follow("Write it up")
    story.then_the_page_is_accessible("form")
    story.when_i_press("Save, and pass on what was agreed")
    story.then_i_see("There is a problem")
    story.then_the_page_is_accessible("form with problems")


def test_a_child_tells_it_alone_on_their_own_phone(
    story: Story, cast: Cast, zephyrine: Subject, browser: Browser
) -> None:
    story.given_signed_in_as(cast.quinn)
    conversation = Conversation.objects.get()
    story.when_i_open(reverse("talk-alone", args=[conversation.pk]))
    story.then_the_page_is_accessible("alone")
    story.when_i_press("Send the message, or show the letters")
    letters = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", story.page.content())
    assert letters
    story.then_the_page_is_accessible("letters")
    own = story.context, story.page
    phone = browser.new_context(viewport=PHONE)
    story.context, story.page = phone, phone.new_page()
    story.when_i_open("/private")
    story.then_the_page_is_accessible("type letters")
    story.when_i_fill("Your letters", letters[0].lower())
    story.when_i_press("Go on")
    story.then_the_heading_is("Your side, in your words")
    story.then_i_do_not_see("Zephyrine", "Quillfeather")
    story.then_the_page_is_accessible("child")
    story.when_i_fill("What do you want to tell us?", "I was with Jay. I felt sick.")
    story.when_i_choose("To be with friends")
    story.when_i_press("Send")
    story.then_the_heading_is("Thank you")
    story.then_the_page_is_accessible("child thanked")
    phone.close()
    story.context, story.page = own
    story.when_i_open(reverse("talk-write", args=[conversation.pk]))
    story.then_i_see("The child wrote this alone")
    assert story.page.get_by_label("In the child’s own words").input_value() == "I was with Jay. I felt sick."
