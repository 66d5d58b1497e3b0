"""Uma sees where and when more happens than expected, and what came of work in a place; with and without a script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from kith.insight.models import Cut
from tests.journeys.story import Story
from tests.support.cast import Cast
from tests.support.places_cut import give_outlines, keep_places_cut

PLACES = "/insight/places/"


@pytest.fixture
def cut(cast: Cast, settings: Any, tmp_path: Path) -> Cut:
    settings.CUTS, settings.AREA = tmp_path / "cuts", tmp_path / "area"
    return keep_places_cut(cast.uma)


@pytest.fixture
def outlines(cut: Cut, settings: Any, tmp_path: Path) -> None:
    """The town of the cut with four wards and a river."""
    give_outlines(settings.AREA, tmp_path)


def test_where_when_and_what_came_of_it(cast: Cast, cut: Cut, story: Story, browser: Browser) -> None:
    story.given_signed_in_as(cast.uma)
    story.page.set_default_timeout(60_000)
    story.when_i_open(PLACES)
    story.then_the_heading_is("Where and when more happens than expected")
    story.then_i_see("between 3 and 4 pm on weekdays")
    frame = story.page.locator("[data-map]")
    story.page.locator("[data-map][data-ready]").wait_for()
    frame.locator("canvas").click()
    expect(frame.locator("[data-map-words]")).to_contain_text("in and around it")
    story.then_the_page_is_accessible("places")
    story.page.get_by_label("What").select_option("victims")
    story.page.get_by_label("Compared with").select_option("recorded")
    story.when_i_press("Show these")
    story.then_i_see("Crimes against young people: where")
    story.page.get_by_text("Choose one of").click()
    story.when_i_follow("Quay 4 place 4")
    story.then_the_heading_is("Quay 4 place 4: before and after work there")
    story.page.get_by_label("The month in which the work began").select_option("2026-02")
    story.when_i_press("Compare")
    story.then_i_see("Whatever it says", "Harm may have moved nearby")
    story.then_the_page_is_accessible("before and after")


def test_the_map_has_the_partnerships_own_outlines_behind_it(
    cast: Cast, cut: Cut, outlines: None, story: Story, browser: Browser
) -> None:
    asked: list[str] = []
    story.given_signed_in_as(cast.uma)
    story.page.set_default_timeout(60_000)
    story.page.on("request", lambda request: asked.append(request.url))
    story.when_i_open(PLACES)
    frame = story.page.locator("[data-map][data-ready]")
    frame.wait_for()
    assert int(frame.get_attribute("data-wards") or 0) >= 4
    expect(frame.get_by_text("Ward South West")).to_be_visible()
    story.then_i_see("Behind it: Invented for a test (wards 2026, water 2026)")
    tiles = [url for url in asked if "/insight/places/tiles/" in url]
    assert tiles
    ours = story.page.url.split("/insight")[0]
    assert all(url.startswith((ours, "blob:", "data:")) for url in asked)
    story.then_the_page_is_accessible("places with outlines")


def test_without_a_script_the_drawing_and_the_list_are_there(
    cast: Cast, cut: Cut, outlines: None, story: Story, browser: Browser, base_url: str
) -> None:
    story.given_signed_in_as(cast.uma)
    story.given_no_script(browser.new_context(java_script_enabled=False, base_url=base_url))
    story.page.set_default_timeout(60_000)
    story.when_i_open(PLACES)
    expect(story.page.locator("[data-map]")).to_be_hidden()
    expect(story.page.locator("svg.kith-chart__svg--wide .kith-chart__outline").first).to_be_visible()
    expect(story.page.locator("svg.kith-chart__svg--wide .kith-chart__border").first).to_be_visible()
    expect(story.page.locator("svg.kith-chart__svg--wide").get_by_text("Ward North East")).to_be_visible()
    story.then_i_see("The same as a list", "More than expected, unlikely by chance")
