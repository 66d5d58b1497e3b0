"""J13, the scrutiny officer’s part: a report is chosen, read without small numbers, written, signed off, taken away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from kith.foundations.papers import FORMATS
from kith.foundations.papers.paper import checksum_of
from kith.foundations.papers.tests.test_papers import READ
from kith.insight.models import Cut, ReportSigned
from tests.journeys.story import Story
from tests.support.cast import Cast
from tests.support.made_figures import make_cut


@pytest.fixture
def cut(cast: Cast, settings: Any, tmp_path: Path) -> Cut:
    settings.CUTS = tmp_path / "cuts"
    return make_cut(cast.uma)


def taken_away(story: Story, words: str) -> bytes:
    with story.page.expect_download() as download:
        story.when_i_follow(words)
    return Path(download.value.path()).read_bytes()


def test_a_report_is_chosen_written_signed_and_taken_away(story: Story, cast: Cast, cut: Cut) -> None:
    story.given_signed_in_as(cast.uma)
    story.when_i_open(reverse("reports"))
    story.then_i_see("No report yet")
    story.then_the_page_is_accessible("none yet")
    story.when_i_press("Begin a report")
    story.then_the_heading_is("Which report?")
    story.then_the_page_is_accessible("which")
    story.when_i_follow("Annual report tables")
    story.page.get_by_label("Period", exact=True).select_option(label="Twelve months to the end of October 2026")
    story.when_i_choose("The period just before, of the same length")
    story.then_the_page_is_accessible("new")
    story.when_i_press("Begin the draft")
    story.then_i_see("Before it can be signed off, words are needed under")
    story.then_i_see("Missing children (12 month rolling)", "not shown: small number", "In the tables, current is")
    story.then_the_page_is_accessible("draft")
    story.when_i_follow("Write under Summary")
    story.when_i_fill("In a few sentences", "Fewer children went missing.\n\n- Homes rang sooner\n- Talks were held")
    story.then_the_page_is_accessible("section")
    story.when_i_press("Keep this version")
    story.then_i_see("Fewer children went missing.", "Homes rang sooner")
    story.when_i_follow("Write under Missing children")
    story.page.get_by_text("How the same numbers moved elsewhere").click()
    story.when_i_fill("Another area to compare with", "the force area")
    story.when_i_fill("Reports of missing children", "23.5")
    story.then_the_page_is_accessible("compared")
    story.when_i_press("Keep this version")
    story.then_i_see("Change (%), the force area", "+23.5%")
    story.when_i_follow("Write under What we will do next")
    story.when_i_fill("Three to five things", "- Health answers for conversations at the hospital, by March")
    story.when_i_press("Keep this version")
    story.when_i_follow("Read it whole and sign it off")
    story.when_i_fill("What did you check?", "Every section, and the missing table against the police’s own")
    story.then_the_page_is_accessible("sign")
    story.when_i_press("Sign it off")
    story.then_i_see("Signed off by Uma Sethi", "Counted again from its cut just now: the same numbers.")
    story.then_the_page_is_accessible("signed")


def test_a_leader_takes_a_signed_report_in_every_format(
    story: Story, cast: Cast, cut: Cut, signed: ReportSigned
) -> None:
    story.given_signed_in_as(cast.vera)
    story.when_i_open(reverse("reports"))
    story.then_i_do_not_see("Begin a report")
    story.then_the_page_is_accessible("list")
    story.when_i_follow("Delivery plan")
    story.then_i_see("A worker for each child", "Red: late", "Council, children’s services")
    story.then_the_page_is_accessible("plan")
    sums = {checksum_of(READ[name](taken_away(story, one.words))) for name, one in FORMATS.items()}
    assert sums == {signed.checksum}


@pytest.fixture
def signed(cast: Cast, cut: Cut) -> ReportSigned:
    """A delivery plan that was signed off, and a draft beside it."""
    from django.utils import timezone

    from kith.foundations.access.viewing import viewing_as
    from kith.insight.actions.reports import StepSaid, begin_report, mark_of, sign_report, write_section, write_step
    from kith.insight.presenters.reports_paper import final_paper
    from kith.insight.queries.reports import Asked
    from kith.insight.rules.reports import Comparator, State, periods, report_kinds

    now, kind = timezone.now(), report_kinds()["delivery-plan"]
    of = Asked(cut, kind, periods(kind, cut.as_at)[0], Comparator.BEFORE)
    with viewing_as(cast.hana):
        begin_report(of=of, by=cast.hana, now=now)
        report = begin_report(of=of, by=cast.hana, now=now)
        said = StepSaid("protect", "A worker for each child", "Council, children’s services", State.LATE, None, "Two")
        write_step(report=report, said=said, by=cast.hana, now=now)
        write_section(report=report, section=kind.sections[0], words="One is late.", by=cast.hana, now=now)
        paper = final_paper(report, cast.hana.name, now)
        return sign_report(report=report, paper=paper, mark=mark_of(paper), checked="Each action with its owner",
                           by=cast.hana, now=now)  # fmt: skip
