"""An analyst makes a problem profile of a place in one click, reads its gaps, writes, signs; a leader takes it away."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.urls import reverse

from kith.foundations.papers import FORMATS
from kith.foundations.papers.paper import checksum_of
from kith.foundations.papers.tests.test_papers import READ
from kith.insight.engine.cutting import Tables
from kith.insight.models import Cut, ReportSigned
from tests.journeys.story import Story
from tests.support.cast import Cast
from tests.support.small_cut import keep_cut, small_star, table

WHY = "To decide with the café and the school what to do about weekday afternoons"
SUBJECT = "A public place: Harbour Park"


def afternoons() -> Tables:
    """The small star with a third of its weekday events just after school, a time missing here and there, help nearby,
    and a work on the park."""
    tables = small_star()
    events, after_school = tables["events"], 15 * 60 + pl.col("event") % 60
    often = (pl.col("event") % 3 == 0) & (pl.col("weekday") <= 5)
    minute = pl.when(often).then(after_school).otherwise(pl.col("minute")).cast(pl.Int32)
    forgotten = pl.col("event") % 5 == 1
    events = events.with_columns(
        pl.when(forgotten).then(None).otherwise(minute).alias("minute"),
        pl.when(pl.col("kind") == "outside-home-contact").then(pl.lit("council-childrens-social-care"))
        .otherwise(pl.col("agency")).alias("agency"),
    )  # fmt: skip
    help_given = [
        {"event": 50_000 + at, "child": f"child{at % 400:07d}", "is_child": True, "kind": "youth-session",
         "agency": "council-youth-work", "day": date(2026, 5, 1), "weekday": 5}
        for at in range(120)
    ]  # fmt: skip
    work = {"work": 1, "child": "place0000000", "subject_kind": "place", "pathway": "context", "state": "planning",
            "opened": date(2026, 2, 3)}  # fmt: skip
    move = {"move": 1, "work": 1, "pathway": "context", "from_state": "concern", "to_state": "planning",
            "day": date(2026, 3, 2)}  # fmt: skip
    added = {"events": pl.concat([events, table("events", help_given)]), "works": table("works", [work])}
    return {**tables, **added, "moves": table("moves", [move])}


@pytest.fixture
def cut(cast: Cast, settings: Any, tmp_path: Path) -> Cut:
    settings.CUTS = tmp_path / "cuts"
    return keep_cut(cast.uma, afternoons())


def test_a_place_is_profiled_with_what_is_missing_and_signed_off(story: Story, cast: Cast, cut: Cut) -> None:
    story.given_signed_in_as(cast.uma)
    story.when_i_open(reverse("problem-profiles"))
    story.then_i_see("No problem profile yet")
    story.then_the_page_is_accessible("none yet")
    story.when_i_press("Make a profile")
    story.page.get_by_label("A profile of what?").select_option(label=SUBJECT)
    story.when_i_fill("What is it for?", WHY)
    story.then_the_page_is_accessible("new")
    story.when_i_press("Begin the draft")
    story.then_i_see("between 3 pm and 4 pm on weekdays", "fewer than 5", "What is missing from this picture")
    story.then_i_see("Emergency department", "(Rule: feed-silent)", "now planning")
    story.then_the_page_is_accessible("draft")
    story.when_i_follow("Write under What this says")
    story.when_i_fill("Say in one paragraph", "Most of it happens on weekday afternoons.\n\n- The café closes early")
    story.then_the_page_is_accessible("section")
    story.when_i_press("Keep this version")
    story.when_i_follow("Write under What is missing from this picture")
    story.when_i_fill("Say what the gaps mean", "Hospital attendances would show harm that nobody else was told of.")
    story.when_i_press("Keep this version")
    story.when_i_follow("Read it whole and sign it off")
    story.when_i_fill("What did you check?", "Every section against the cut, and the gaps with the police")
    story.then_the_page_is_accessible("sign")
    story.when_i_press("Sign it off")
    story.then_i_see("Signed off by Uma Sethi", "Counted again from its cut just now: the same numbers.")
    story.then_the_page_is_accessible("signed")
    a_leader_takes_it_away(story, cast)


def a_leader_takes_it_away(story: Story, cast: Cast) -> None:
    story.given_signed_in_as(cast.vera)
    story.when_i_open(reverse("problem-profiles"))
    story.then_i_do_not_see("Make a profile")
    story.then_the_page_is_accessible("list")
    story.when_i_follow("Harbour Park")
    sums = {checksum_of(READ[name](_taken_away(story, one.words))) for name, one in FORMATS.items()}
    assert sums == {ReportSigned.objects.get().checksum}


def _taken_away(story: Story, words: str) -> bytes:
    with story.page.expect_download() as download:
        story.when_i_follow(words)
    return Path(download.value.path()).read_bytes()
