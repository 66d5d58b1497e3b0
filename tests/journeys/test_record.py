"""Reading a record, and writing once for many, as those whose work it is do."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from tests.journeys.story import Story
from tests.support.cast import Cast
from tests.support.lives import Life, make_life

FEEDS = Path(__file__).parents[2] / "src" / "kith" / "demo" / "feeds"


@pytest.fixture(autouse=True)
def _feeds(settings) -> None:  # type: ignore[no-untyped-def]
    settings.FEEDS = [FEEDS]


@pytest.fixture
def life(cast: Cast) -> Life:
    return make_life(cast)


@pytest.fixture
def asha(story: Story, cast: Cast, life: Life) -> Story:
    story.given_signed_in_as(cast.asha)
    return story


def test_from_the_desk_to_what_happened(asha: Story) -> None:
    asha.when_i_open("/")
    asha.then_the_heading_is("Desk")
    asha.then_the_page_is_accessible("desk")
    asha.when_i_follow("Amara Osei")
    asha.then_i_see("she/her", "Lifts from the coach station", "Asha Rahman", "01632 960111")
    asha.then_the_page_is_accessible("overview")
    asha.when_i_follow("Chronology")
    asha.then_i_see("November 2026", "4:10 pm")
    asha.then_i_do_not_see("Noor")
    asha.then_the_page_is_accessible("chronology")
    for tab in ("Who is involved", "Links"):
        asha.when_i_follow(tab)
        asha.then_the_heading_is(tab)
        asha.then_the_page_is_accessible(tab.lower())


def test_two_agencies_that_disagree_stand_side_by_side(asha: Story, life: Life) -> None:
    asha.when_i_open(reverse("record", args=[life.amara.pk]))
    asha.then_i_see("Agencies disagree", "8 December 2010", "12 August 2010", "day and month swapped")
    left, right = (asha.page.locator(".kith-sides__side").nth(index).bounding_box() for index in (0, 1))
    assert left is not None
    assert right is not None
    assert left["y"] == right["y"], "one below the other"


def test_filtering_and_going_to_a_month_from_the_keyboard(asha: Story, life: Life) -> None:
    asha.when_i_open(reverse("record-chronology", args=[life.amara.pk]))
    asha.page.locator(".kith-filter summary").focus()
    asha.when_i_press_the_keys("Enter")
    asha.page.get_by_label("Show", exact=True).select_option("Significant only")
    asha.when_i_reach("Show", role="button")
    asha.when_i_press_the_keys("Enter")
    asha.then_i_see("Significant only")
    asha.then_i_do_not_see("breakfast club")
    asha.then_the_page_is_accessible("filtered")


def test_a_place_and_a_group_have_the_same_pages(asha: Story, life: Life) -> None:
    asha.when_i_open(reverse("record", args=[life.park.pk]))
    asha.then_i_see("Harbour Park", "Feels unsafe", "Nadia at the kiosk")
    asha.then_the_page_is_accessible("place")
    asha.when_i_open(reverse("record", args=[life.group.pk]))
    asha.then_i_see("What this record is for", "review", "Amara Osei")
    asha.then_the_page_is_accessible("group")
    asha.when_i_follow("Links")
    asha.then_i_see("Who spends time in it")


def test_one_note_about_two_friends_and_a_park(asha: Story, life: Life, browser: Browser) -> None:
    """Without a script: finding, adding and a part for each are ordinary pages."""
    plain = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    asha.given_no_script(plain)
    asha.when_i_open(reverse("record", args=[life.amara.pk]))
    asha.page.locator("summary", has_text="Act").click()
    asha.when_i_follow("Write a note")
    asha.when_i_fill("What happened, or what was said", "They showed me where the lights are out.")
    asha.when_i_press("Add Leo Whitcombe")
    asha.when_i_fill("Find somebody or somewhere", "harbour")
    asha.when_i_press("Find")
    asha.when_i_press("Add Harbour Park")
    asha.when_i_fill("Only on the record of Leo Whitcombe", "He walks home alone.")
    asha.when_i_press("Save the note")
    asha.then_i_see("Your note stands on 3 records.", "They showed me where the lights are out.")
    asha.then_i_do_not_see("He walks home alone.")
    asha.when_i_open(reverse("record-chronology", args=[life.friend.pk]))
    asha.then_i_see("He walks home alone.")
    plain.close()


def test_what_is_missing_from_a_note_is_said_and_nothing_typed_is_lost(asha: Story) -> None:
    asha.when_i_open(reverse("entry-new"))
    asha.then_the_page_is_accessible("write")
    asha.when_i_fill("What happened, or what was said", "Something that took a while to type.")
    asha.when_i_press("Save the note")
    asha.then_there_is_a_problem("Choose at least one person, group or place")
    assert "took a while" in asha.page.get_by_label("What happened").input_value()
    asha.then_the_page_is_accessible("problems")


def test_every_form_can_be_used_by_everybody(asha: Story, life: Life) -> None:
    amara = [life.amara.pk]
    for name, args in (("group-new", []), ("place-new", []), ("link-new", amara), ("what-matters", amara)):
        asha.when_i_open(reverse(name, args=args))
        asha.then_the_page_is_accessible(name)
    asha.when_i_open(reverse("record-chronology", args=amara))
    asha.page.locator(".kith-timeline__act summary").first.click()
    asha.then_the_page_is_accessible("acts")
    asha.when_i_follow("Change what it meant")
    asha.then_the_page_is_accessible("significant")
    asha.when_i_open(reverse("record-chronology", args=amara))
    asha.page.locator(".kith-timeline__act summary").first.click()
    asha.when_i_follow("Dispute it")
    asha.then_the_page_is_accessible("dispute")


def test_paper_has_the_record_and_not_the_furniture(asha: Story, life: Life) -> None:
    asha.when_i_open(reverse("record-print", args=[life.amara.pk]))
    asha.when_i_press("Show for printing")
    asha.then_i_see("all entries, oldest first")
    asha.then_the_page_is_accessible("print")
    asha.page.evaluate("window.print = () => { document.body.dataset.printed = 'yes' }")
    asha.when_i_press("Print this page")
    assert asha.page.locator("body").get_attribute("data-printed") == "yes"
    asha.page.emulate_media(media="print")
    asha.then_i_see("Printed by Asha Rahman", "Amara Osei")
    assert not asha.page.get_by_role("button", name="Show for printing").is_visible()
    assert not asha.page.get_by_role("searchbox").is_visible()
    asha.page.screenshot(path=asha.pictures / "on-paper.png", full_page=True)


def test_who_has_only_the_headline_learns_whom_to_ring_and_nothing_more(story: Story, cast: Cast, life: Life) -> None:
    story.given_signed_in_as(cast.farah)
    story.when_i_open(reverse("record", args=[life.amara.pk]))
    story.then_i_see("Amara Osei", "is known", "01632 960110", "Open the record with a reason")
    story.then_i_do_not_see("coach station", "she/her", "Twi", ">Missing<", "Leo")
    story.then_the_page_is_accessible("headline")


def test_for_another_authority_there_is_no_such_record(story: Story, cast: Cast, life: Life) -> None:
    story.given_signed_in_as(cast.dev)
    story.when_i_open(reverse("record", args=[life.amara.pk]), status=404)
    story.then_i_do_not_see("Amara", "Osei")
