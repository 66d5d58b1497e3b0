"""Finding a child from little; a headline for others' children; nothing for another authority."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Browser

from kith.subjects.search import Stated, refresh
from tests.journeys.story import Story
from tests.support.cast import Cast, let_in, make_group, make_headline, make_person, make_place

RING = [{"worker": "Asha Rahman", "role": "Social worker", "agency": "Severnmouth Council", "phone": "01632 960110"}]


@pytest.fixture(autouse=True)
def _people(cast: Cast) -> None:
    amara = make_person("Amara Okafor", date_of_birth=date(2011, 3, 11), headline=False, postcode="QX1 4QR")
    make_headline(amara, date_of_birth=date(2011, 3, 11), ring=RING)
    others = [make_person(f"{name} Okafor", date_of_birth=date(2009, 5, 2)) for name in ("Chidi", "Ada", "Obinna")]
    others += [make_place("Harbour Park", address="Dock Street"), make_group("Friday skate crew")]
    let_in(amara, cast.asha)
    for other in others:
        let_in(other, cast.asha)
    refresh(stated=[Stated(amara.pk, amara.scope_id, "Mara", "Obi", date_of_birth=date(2011, 3, 11))])


def test_a_misspelt_name_and_a_date_the_wrong_way_round(story: Story, cast: Cast) -> None:
    story.given_signed_in_as(cast.asha)
    story.when_i_open("/search")
    story.then_the_page_is_accessible("empty")
    story.when_i_search_for("amra okafor 3/11/2011")
    story.then_i_see("Amara Okafor", "spelt nearly like", "other way round")
    story.then_the_page_is_accessible("found")
    story.when_i_follow("Amara Okafor")
    story.then_i_see("11 Mar 2011")


def test_results_appear_while_typing(story: Story, cast: Cast) -> None:
    story.given_signed_in_as(cast.asha)
    story.when_i_open("/search")
    story.page.locator("#search-box").press_sequentially("skat")
    story.then_i_see("Friday skate crew")
    story.page.locator("#search-box").fill("harbor park")
    story.then_i_see("Harbour Park")


def test_whom_to_ring_about_somebody_elses_child(story: Story, cast: Cast) -> None:
    story.given_signed_in_as(cast.ben)
    story.when_i_open("/search?q=Mara+Obi+11/3/2011")
    story.then_i_see("Another of their names is as you typed it", "whom to ring, is open to you", "01632 960110")
    story.then_i_do_not_see("QX1 4QR")
    story.then_the_page_is_accessible("headline")


def test_another_authority_finds_nothing(story: Story, cast: Cast) -> None:
    story.given_signed_in_as(cast.dev)
    story.when_i_open("/search?q=Amara+Okafor+11/3/2011")
    story.then_i_see("No results", "same answer")
    story.then_the_page_is_accessible("nothing")
    story.when_i_follow("Who can I find?")
    story.then_the_heading_is("Who can I find?")
    story.then_the_page_is_accessible("help")


def test_by_keyboard_alone_and_without_script(story: Story, cast: Cast, browser: Browser) -> None:
    story.given_signed_in_as(cast.asha)
    story.given_no_script(browser.new_context(java_script_enabled=False, locale="en-GB"))
    story.when_i_open("/search?q=okafor")
    story.when_i_reach("Chidi Okafor")
    story.when_i_press_the_keys("Enter")
    story.then_the_heading_is("Chidi Okafor")
