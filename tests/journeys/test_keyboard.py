"""Single keys for those who work here all day, off for those who do not want them; the warning before signing out."""

import pytest
from playwright.sync_api import expect

from tests.journeys.story import Story
from tests.support.cast import Cast


@pytest.fixture
def at_her_desk(story: Story, cast: Cast) -> Story:
    story.given_signed_in_as(cast.asha)
    story.when_i_open("/")
    return story


def test_the_keys_lead_where_their_list_says(at_her_desk: Story) -> None:
    at_her_desk.when_i_press_the_keys("?")
    at_her_desk.then_i_see("Keyboard shortcuts", "Go to your desk", "Write a note")
    at_her_desk.then_the_page_is_accessible("keys")
    at_her_desk.when_i_press_the_keys("Escape", "/")
    expect(at_her_desk.page.locator("#site-search")).to_be_focused()
    at_her_desk.page.keyboard.type("n")
    at_her_desk.then_i_am_at("/")
    at_her_desk.page.locator("#site-search").blur()
    at_her_desk.when_i_press_the_keys("n")
    at_her_desk.then_i_am_at("/entries/new")
    at_her_desk.page.locator("body").evaluate("() => document.activeElement.blur()")
    at_her_desk.when_i_press_the_keys("g", "d")
    at_her_desk.then_i_am_at("/")


def test_the_keys_can_be_switched_off_and_stay_off(at_her_desk: Story) -> None:
    at_her_desk.page.locator(".kith-header__account summary").click()
    at_her_desk.when_i_press("Keyboard shortcuts")
    at_her_desk.page.get_by_label("Use shortcuts in this browser").uncheck()
    at_her_desk.when_i_press("Close")
    at_her_desk.when_i_open("/")
    at_her_desk.when_i_press_the_keys("?", "n")
    expect(at_her_desk.page.locator("#keyboard-help")).not_to_be_visible()
    at_her_desk.then_i_am_at("/")


def test_a_warning_comes_before_an_idle_session_ends_and_staying_is_one_press(story: Story, cast: Cast) -> None:
    story.given_signed_in_as(cast.asha)
    story.page.clock.install()
    story.when_i_open("/")
    story.page.clock.fast_forward("17:00")
    expect(story.page.locator("#session-warning")).not_to_be_visible()
    story.page.clock.fast_forward("01:30")
    story.then_i_see("You will be signed out in")
    story.then_the_page_is_accessible("warning")
    with story.page.expect_response(lambda answer: answer.url.endswith("/accounts/still-here")) as told:
        story.when_i_press("Stay signed in")
    assert told.value.status == 204
    story.page.clock.fast_forward("10:00")
    expect(story.page.locator("#session-warning")).not_to_be_visible()


def test_paper_carries_who_printed_it_and_none_of_the_furniture(at_her_desk: Story) -> None:
    at_her_desk.page.emulate_media(media="print")
    at_her_desk.then_i_see("Printed by Asha Rahman, Social worker")
    expect(at_her_desk.page.locator("#site-search")).not_to_be_visible()
    expect(at_her_desk.page.get_by_role("navigation", name="Main")).not_to_be_visible()
