"""Somebody without an account tells us: at work, young, or a parent; on a phone, without a script, leaving at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect

from kith.doors.models import ReportSoFar
from kith.front_door.models import Contact, Giver, Named
from tests.journeys.story import Story
from tests.support.cast import Cast

PHONE = {"width": 320, "height": 640}
SEEN = "After school an older man waits in a grey car by the gate. He calls pupils over."
WEATHER = "https://www.bbc.co.uk/weather"


@pytest.fixture
def visitor(story: Story, cast: Cast) -> Story:
    """Nobody: a front door is there, and somebody comes to it."""
    assert cast.farah
    return story


@pytest.fixture
def plain(visitor: Story, browser: Browser) -> Iterator[Story]:
    """The same on a phone, with scripts switched off."""
    context = browser.new_context(java_script_enabled=False, locale="en-GB", viewport=PHONE)
    visitor.given_no_script(context)
    yield visitor
    context.close()


@pytest.mark.journey("J1")
def test_a_safeguarding_lead_reports_a_place_on_a_phone_without_a_script(plain: Story) -> None:
    with plain.journey("J1"):
        reports_a_place(plain)
    told_as_it_was(plain)
    plain._picture("receipt", "320")


@pytest.mark.journey("J1")
def test_a_safeguarding_lead_reports_a_place(visitor: Story) -> None:
    with visitor.journey("J1"):
        reports_a_place(visitor)
    told_as_it_was(visitor)
    visitor.then_the_page_is_accessible("receipt")


def reports_a_place(story: Story) -> None:
    """As somebody does it who fills in what they know and no more."""
    story.when_i_open("/tell")
    story.then_i_see("Is anyone in danger now? Ring 999.")
    story.when_i_choose("I work with children, or in the area")
    story.when_i_choose("A place")
    story.when_i_press("Continue")
    story.when_i_fill("Name of the place", "Harbour Park gate")
    story.when_i_fill("Postcode", "QX3 1AB")
    story.when_i_press("Continue")
    story.when_i_fill("What did you see or hear?", SEEN)
    story.when_i_choose("Weekdays")
    story.when_i_choose("After school")
    story.when_i_choose("I saw or heard it myself")
    story.when_i_press("Continue")
    story.then_the_heading_is("You need not name anyone")
    story.when_i_press("Go on without naming anyone")
    story.when_i_fill("Your name", "Sam Tully")
    story.when_i_fill("Your job", "Safeguarding lead")
    story.when_i_fill("Work email address", "sam@harbour-view.example")
    story.when_i_press("Continue")
    story.then_i_see("Harbour Park gate", "QX3 1AB", SEEN, "Nobody is named", "Who will see this:")
    story.when_i_press("Send to the front door")
    story.then_the_heading_is("Thank you. We have it")


def told_as_it_was(story: Story) -> None:
    contact = Contact.objects.get()
    assert contact.where == {"name": "Harbour Park gate", "postcode": "QX3 1AB"}
    assert (contact.what, contact.how_known) == (SEEN, "saw")
    assert contact.when == {"days": ["weekday"], "hours": ["after-school"]}
    assert Giver.objects.get().name == "Sam Tully"
    story.then_i_see(contact.reference, "You hear from us by")


def test_every_page_of_telling_can_be_used_by_everybody(visitor: Story) -> None:
    """At 320 and 1280 pixels, light and dark, with errors and without."""
    visitor.when_i_open("/tell")
    visitor.then_the_page_is_accessible("start")
    visitor.expected_statuses.add(422)
    visitor.when_i_press("Continue")
    visitor.then_there_is_a_problem("Answer the question: Who are you?")
    visitor.when_i_choose("I work with children, or in the area")
    visitor.when_i_choose("A child or young person")
    visitor.when_i_press("Continue")
    visitor.then_the_heading_is("Who did you see, or worry about?")
    visitor.when_i_fill("Name, or what they are called", "Jay")
    visitor.when_i_press("Add another person")
    visitor.then_the_page_is_accessible("people")
    visitor.page.get_by_label("Name, or what they are called").nth(1).fill("A tall man")
    visitor.page.get_by_label("An adult who worries me").nth(1).check()
    visitor.when_i_press("Continue")
    visitor.then_the_page_is_accessible("where")
    visitor.when_i_fill("Postcode", "QY1 2AB")
    visitor.when_i_press("Continue")
    visitor.then_the_page_is_accessible("what")
    visitor.when_i_press("Continue")
    visitor.then_there_is_a_problem("Write what you saw or heard")
    visitor.when_i_fill("What did you see or hear?", "He absconded from school, they say.")
    visitor.when_i_press("Continue")
    visitor.then_the_page_is_accessible("you")
    visitor.when_i_press("Continue")
    visitor.then_i_see("Estuary and Downs Council", "The words of prisons", "A tall man")
    visitor.then_the_page_is_accessible("check")
    visitor.page.get_by_role("link", name="Change where").click()
    visitor.when_i_fill("Postcode", "QX1 2AB")
    visitor.when_i_press("Continue")
    visitor.then_i_am_at("/tell/check")
    visitor.then_i_do_not_see("Estuary and Downs Council")
    visitor.when_i_press("Send to the front door")
    visitor.then_the_heading_is("Thank you")
    assert {(one.name, one.part) for one in Named.objects.filter(kind="person")} == {
        ("Jay", "child"),
        ("A tall man", "adult"),
    }


def test_a_young_person_tells_us_about_themself(visitor: Story) -> None:
    visitor.page.set_viewport_size(PHONE)
    visitor.when_i_open("/help/outside-the-home?for=young-person")
    visitor.then_the_page_is_accessible("help")
    visitor.page.get_by_role("button", name="Tell us").click()
    visitor.when_i_choose("I am a young person")
    visitor.when_i_choose("A child or young person")
    visitor.when_i_press("Continue")
    visitor.then_the_heading_is("Before you go on")
    visitor.then_the_page_is_accessible("safety")
    visitor.page.get_by_role("button", name="Continue").click()
    visitor.then_the_heading_is("Who is it about?")
    visitor.then_i_see("It can be you.")
    visitor.when_i_fill("Name, or what they are called", "me, Jay")
    visitor.when_i_press("Continue")
    visitor.when_i_fill("Not sure? Say what it is near", "the bus stop by school")
    visitor.when_i_press("Continue")
    visitor.then_i_see("it is not your fault")
    visitor.when_i_fill("What did you see or hear?", "They say I owe them money.")
    visitor.when_i_press("Continue")
    visitor.when_i_fill("When and how is it safe to reach you?", "text, not after 5")
    visitor.when_i_press("Continue")
    visitor.when_i_press("Send to the front door")
    visitor.then_the_heading_is("Thank you")
    assert Contact.objects.get().where == {"words": "the bus stop by school", "not_sure": True}
    assert (Giver.objects.get().kind, Giver.objects.get().best_time) == ("young-person", "text, not after 5")


def test_a_parent_tells_us_and_follows_it(visitor: Story) -> None:
    visitor.when_i_open("/tell")
    visitor.when_i_choose("I am a parent or carer")
    visitor.when_i_choose("Something online")
    visitor.when_i_press("Continue")
    visitor.page.get_by_role("button", name="Continue").click()
    visitor.when_i_fill("The app, game or site", "a game chat, QuestTalk")
    visitor.when_i_press("Continue")
    visitor.when_i_fill("What did you see or hear?", "A man asks my son for pictures.")
    visitor.when_i_press("Continue")
    visitor.when_i_press("Go on without naming anyone")
    visitor.when_i_press("Continue")
    visitor.when_i_press("Send to the front door")
    reference, code = visitor.page.locator(".kith-receipt dd").all_text_contents()[:2]
    visitor.when_i_follow("Follow it, or add something")
    visitor.when_i_fill("Reference", reference.lower().replace("-", " "))
    visitor.page.get_by_label("Code", exact=True).fill(code)
    visitor.when_i_press("Continue")
    visitor.then_i_see("We have it", "not yet")
    visitor.then_the_page_is_accessible("followed")
    visitor.when_i_fill("What do you want to add?", "He is called Max there.")
    visitor.when_i_press("Send to the front door")
    visitor.then_i_see("What you added has the reference")
    first, added = Contact.objects.order_by("pk")
    assert (added.split_from, added.what) == (first, "He is called Max there.")


@pytest.mark.parametrize("way", ["button", "keys"])
def test_leaving_at_once_leaves_nothing(visitor: Story, way: str) -> None:
    """Words, session and page are gone, and the next page is the weather."""
    visitor.when_i_open("/tell")
    visitor.when_i_choose("I am a young person")
    visitor.when_i_choose("A place")
    visitor.when_i_press("Continue")
    visitor.page.get_by_role("button", name="Continue").click()
    visitor.when_i_fill("Name of the place", "Harbour Park")
    assert ReportSoFar.objects.count() == 1
    with to_the_weather(visitor):
        if way == "button":
            visitor.page.get_by_role("button", name="Exit this page").first.click()
        else:
            visitor.when_i_press_the_keys("Shift", "Shift", "Shift")
    assert not ReportSoFar.objects.exists()
    assert visitor.context.cookies(visitor.site) == []
    visitor.when_i_open("/tell/where")
    visitor.then_i_am_at("/tell")
    visitor.then_i_do_not_see("Harbour Park")


def test_leaving_needs_no_script(plain: Story) -> None:
    plain.when_i_open("/tell")
    with to_the_weather(plain):
        plain.page.get_by_role("button", name="Exit this page").first.click()


@contextmanager
def to_the_weather(story: Story) -> Iterator[None]:
    """By way of our own address, which tells nobody where somebody came from. Nothing leaves this machine."""
    with story.page.expect_request(WEATHER) as asked:
        yield
    left = asked.value.redirected_from
    assert left is not None
    assert left.url == f"{story.site}/leave"
    assert "referer" not in asked.value.all_headers()
    story.page.wait_for_timeout(300)
    story.failures = [one for one in story.failures if WEATHER not in one and "net::ERR" not in one]


def test_words_are_kept_while_somebody_types(visitor: Story) -> None:
    visitor.when_i_open("/tell")
    visitor.when_i_choose("I am a member of the public")
    visitor.when_i_choose("A place")
    visitor.when_i_press("Continue")
    visitor.when_i_fill("Name of the place", "Harbour Park, the steps")
    visitor.page.get_by_label("Postcode").focus()
    expect(visitor.page.get_by_text("Kept at")).to_be_visible()
    assert ReportSoFar.objects.get().pages["where"] == {"name": ["Harbour Park, the steps"]}
    visitor.when_i_open("/tell")
    visitor.when_i_follow("Go on with it")
    visitor.then_i_am_at("/tell/what")
    visitor.when_i_follow("Back")
    expect(visitor.page.get_by_label("Name of the place")).to_have_value("Harbour Park, the steps")
