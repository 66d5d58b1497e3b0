"""J5: a parent adds what they noticed some days later, by a private link, on a phone without a script."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser

from kith.foundations.letters.models import Text
from kith.missing.actions import Reported, report_missing
from kith.missing.actions.follow_ups import Asking, ask_parents, plan_follow_up
from kith.missing.models import Conversation, FollowUp
from tests.journeys.story import Story
from tests.support.cast import Cast, let_in, make_person

PHONE = {"width": 320, "height": 700}
HOUR = timedelta(hours=1)
NOTICED = "A blue van waited outside on Friday and Saturday night. There is a second phone."
NAMES = ("Zephyrine", "Quillfeather", "Grace")


@pytest.fixture
def asked(cast: Cast) -> FollowUp:
    """Zephyrine's mother is to be asked three days after the return, which is now."""
    now = timezone.now()
    child = make_person("Zephyrine Quillfeather", headline=False)
    let_in(child, cast.asha, now=now)
    reported = Reported(child.pk, cast.police.pk, "missing", now - 90 * HOUR, back_at=now - 80 * HOUR)
    report_missing(reported=reported, by=cast.raj, now=now)
    asking = Asking("Grace Quillfeather", "mother", phone="07700 900123")
    return plan_follow_up(conversation_id=Conversation.objects.get().pk, asking=asking, by=cast.asha, now=now)


def secret_in_text() -> str:
    """What the last message carries for its reader alone; the worker that sends messages is not running here."""
    found = re.search("⟦(.*?)⟧", Text.objects.latest("pk").body)
    assert found
    return found[1]


@pytest.mark.journey("J5")
def test_a_parent_adds_what_they_noticed_without_a_script(
    story: Story, cast: Cast, asked: FollowUp, browser: Browser
) -> None:
    assert ask_parents(by=cast.loader, now=timezone.now(), site=story.site) == 1
    address = secret_in_text().removeprefix(story.site)
    own = story.context, story.page
    phone = browser.new_context(viewport=PHONE, java_script_enabled=False)
    story.context, story.page = phone, phone.new_page()
    with story.journey("J5"):
        story.page.goto(story.site + address)
        picture(story, "1-is-it-you")
        story.when_i_press("Send me a code")
        picture(story, "2-code")
        story.when_i_fill("Your code", secret_in_text())
        story.when_i_press("Go on")
        picture(story, "3-noticed")
        story.when_i_choose("New clothes, phone, keys or money")
        story.when_i_choose("Cars, or people waiting outside")
        story.when_i_fill("What did you see or hear?", NOTICED)
        story.when_i_fill("What would help you?", "Somebody to ring at night")
        story.when_i_choose("Yes", "Shall we write back to you?")
        story.when_i_press("Send")
        story.then_the_heading_is("Thank you")
    story.then_i_see("Exit this page")
    story.then_i_do_not_see(*NAMES)
    assert not any(name in story.page.title() for name in NAMES)
    picture(story, "4-thanks")
    phone.close()
    story.context, story.page = own
    story.when_i_open(address, 404)
    story.then_i_see("This link cannot be used")
    story.then_the_page_is_accessible("cannot be used")
    seen_and_answered(story, cast, asked)


def seen_and_answered(story: Story, cast: Cast, asked: FollowUp) -> None:
    story.given_signed_in_as(cast.quinn)
    story.when_i_open(reverse("follow-ups"))
    story.then_i_see("A reply is due", "1 of 1 asked")
    story.then_the_page_is_accessible("list")
    story.given_signed_in_as(cast.asha)
    story.when_i_open(reverse("follow-up", args=[asked.pk]))
    story.then_i_see(NOTICED, "Somebody to ring at night")
    story.when_i_fill("Your reply", "Thank you, Zephyrine’s van is known")
    story.when_i_press("Send the reply")
    story.then_there_is_a_problem("The reply names Zephyrine")
    story.when_i_fill("Your reply", "Thank you. We ring you tonight.")
    story.then_the_page_is_accessible("reply")


def test_the_pages_are_accessible_with_a_script_too(story: Story, cast: Cast, asked: FollowUp) -> None:
    ask_parents(by=cast.loader, now=timezone.now(), site=story.site)
    story.when_i_open(secret_in_text().removeprefix(story.site))
    story.then_the_page_is_accessible("is it you")
    story.when_i_press("Send me a code")
    story.when_i_fill("Your code", secret_in_text())
    story.when_i_press("Go on")
    story.then_i_do_not_see(*NAMES)
    story.then_the_page_is_accessible("noticed")
    story.expected_statuses.add(422)
    story.when_i_press("Send")
    story.then_i_see("There is a problem")
    story.then_the_page_is_accessible("noticed with problems")


def test_a_parent_is_named_on_the_page_of_the_conversation(story: Story, cast: Cast, asked: FollowUp) -> None:
    story.given_signed_in_as(cast.asha)
    conversation = Conversation.objects.get()
    story.when_i_open(reverse("talk-follow-up", args=[conversation.pk]))
    story.when_i_fill("Their name", "Ruth Quillfeather")
    story.page.get_by_label("Who they are").select_option(label="Grandparent")
    story.when_i_press("Ask them")
    story.then_there_is_a_problem("Enter a mobile number or an email address")
    story.then_the_page_is_accessible("ask")
    story.when_i_fill("Or email address", "ruth@home.example")
    story.when_i_press("Ask them")
    story.then_i_see("They will be asked", "Ruth Quillfeather (grandparent)")


def picture(story: Story, called: str) -> None:
    story.pictures.mkdir(parents=True, exist_ok=True)
    story.page.screenshot(path=story.pictures / f"{called}-320.png", full_page=True)
