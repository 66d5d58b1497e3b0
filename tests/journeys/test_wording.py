"""The language helper, as somebody who writes a note meets it: beside the text, never in the way."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.story import Story
from tests.support.cast import Cast
from tests.support.lives import make_life


@pytest.fixture
def asha(story: Story, cast: Cast) -> Story:
    make_life(cast)
    story.given_signed_in_as(cast.asha)
    return story


def test_words_are_changed_or_marked_as_somebody_elses(asha: Story) -> None:
    asha.when_i_open("/entries/new")
    text = asha.page.get_by_label("What happened, or what was said")
    text.fill("Staff say she absconded and is streetwise.")
    text.blur()
    remarks = asha.page.locator(".kith-remarks")
    expect(remarks).to_contain_text("The words of prisons")
    asha.then_the_page_is_accessible("remarks")
    asha.page.get_by_role("button", name="Change to “went missing”").press("Enter")
    expect(text).to_have_value("Staff say she went missing and is streetwise.")
    expect(remarks).not_to_contain_text("The words of prisons")
    asha.page.get_by_role("button", name="Somebody else’s words").press("Enter")
    expect(text).to_have_value("Staff say she went missing and is “streetwise”.")
    expect(remarks).to_be_empty()


def test_a_note_with_such_words_is_saved_as_it_is(asha: Story) -> None:
    asha.when_i_open("/entries/new")
    asha.page.get_by_label("What happened, or what was said").fill("She absconded.")
    asha.page.get_by_label("Find somebody or somewhere to add").fill("Amara")
    asha.page.get_by_role("button", name="Find").first.click()
    expect(asha.page.locator(".kith-remarks")).to_contain_text("The words of prisons")
    expect(asha.page.get_by_label("What happened, or what was said")).to_have_value("She absconded.")
