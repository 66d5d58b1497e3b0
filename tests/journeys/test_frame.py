"""The frame around every page and the parts pages are made of, seen where nobody's records are needed."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.story import Story
from tests.support.cast import Cast


@pytest.fixture
def signed_in(story: Story, cast: Cast) -> Story:
    story.given_signed_in_as(cast.asha)
    return story


def test_the_sign_in_page_stands_in_our_frame(story: Story) -> None:
    story.when_i_open("/accounts/login/")
    story.then_i_see("Severnmouth")
    story.then_the_page_is_accessible("sign in")


def test_every_part_in_the_gallery_is_accessible(signed_in: Story) -> None:
    signed_in.when_i_open("/design-system")
    signed_in.then_the_heading_is("Design system")
    signed_in.then_the_page_is_accessible("gallery")


def test_radios_and_tick_boxes_can_be_seen(signed_in: Story) -> None:
    """Their own boxes are drawn by the stylesheet; without it axe stays silent and nobody can answer."""
    signed_in.when_i_open("/design-system")
    for label in ("I saw it", "A place", "Yes"):
        expect(signed_in.page.get_by_text(label, exact=True).first).to_be_visible()
        drawn = signed_in.page.get_by_text(label, exact=True).first.evaluate(
            "element => parseFloat(getComputedStyle(element, '::before').width)"
        )
        assert drawn >= 24, f"The box of “{label}” is {drawn} pixels wide"


def test_answers_that_cannot_be_read_are_kept_and_explained(signed_in: Story) -> None:
    signed_in.expected_statuses.add(422)
    signed_in.when_i_open("/design-system")
    signed_in.when_i_fill("What do they like to be called?", "Zosia")
    signed_in.when_i_fill("Day", "31")
    signed_in.when_i_fill("Month", "2")
    signed_in.when_i_fill("Year", "2026")
    signed_in.when_i_press("Check the answers")
    signed_in.then_there_is_a_problem("The day must be a real date")
    assert signed_in.page.get_by_label("What do they like to be called?").input_value() == "Zosia"
    assert signed_in.page.get_by_role("textbox", name="Day").input_value() == "31"
    signed_in.then_the_page_is_accessible("problems")


def test_not_known_is_an_answer(signed_in: Story) -> None:
    signed_in.when_i_open("/design-system")
    signed_in.when_i_fill("What do they like to be called?", "Zosia")
    signed_in.when_i_fill("What happened?", "She told me that she was followed.")
    signed_in.page.locator("#id_day-not-known").check()
    signed_in.when_i_choose("Not known", "How do you know?")
    signed_in.page.get_by_role("region", name="Questions").get_by_label("Agency").select_option("Police")
    signed_in.when_i_choose("Not known", "Are they safe now?")
    signed_in.when_i_press("Check the answers")
    signed_in.then_i_see("What was answered")
    assert signed_in.page.locator("dd", has_text="not-known").count() == 3


def test_the_page_can_be_used_without_a_script(signed_in: Story, browser: Browser) -> None:
    plain = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    signed_in.expected_statuses.add(422)
    signed_in.given_no_script(plain)
    signed_in.when_i_open("/design-system")
    signed_in.when_i_press("Check the answers")
    signed_in.then_i_see("There is a problem", "Enter the day")
    plain.close()


def test_the_tab_key_reaches_the_content_first_and_everything_after(signed_in: Story) -> None:
    signed_in.when_i_open("/design-system")
    signed_in.when_i_reach("Skip to main content")
    signed_in.when_i_press_the_keys("Enter")
    signed_in.when_i_reach("Check the answers", role="button")
