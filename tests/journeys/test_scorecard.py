"""A leader opens the scorecard from the first page, looks at one locality, and prints it on one sheet of A4."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.journeys.story import Story
from tests.support.cast import Cast
from tests.support.small_cut import keep_cut


def test_a_leader_reads_the_scorecard_and_prints_one_sheet(
    story: Story, cast: Cast, settings: Any, tmp_path: Path
) -> None:
    settings.CUTS = tmp_path / "cuts"
    keep_cut(cast.uma)
    story.given_signed_in_as(cast.vera)
    story.when_i_open("/")
    story.page.get_by_role("main").get_by_role("link", name="Scorecard", exact=True).click()
    story.then_the_heading_is("Scorecard")
    story.then_i_see("Reports of missing children", "Common variation", "Green at least 90%")
    story.then_the_page_is_accessible("all")
    assert len(re.findall(rb"/Type\s*/Page\b", story.page.pdf(prefer_css_page_size=True))) == 1
    story.page.get_by_label("Locality or agency").select_option("locality:North")
    story.when_i_press("Show")
    story.then_i_see("Locality: North", "Groups are counted by quarter and year")
    story.then_the_page_is_accessible("one locality")
    with story.page.expect_download() as download:
        story.when_i_follow("The scorecard as a file (CSV)")
    assert "Locality: North" in Path(download.value.path()).read_text(encoding="utf-8-sig")
