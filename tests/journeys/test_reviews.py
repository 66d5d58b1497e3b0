"""A meeting reviews a dashboard, a leader answers what is escalated, its owner says done; a plan and a list follow."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from kith.foundations.letters.models import Letter
from kith.insight.models import Cut
from tests.journeys.story import Story
from tests.support.cast import Cast
from tests.support.made_figures import make_cut

SAID = "Two homes ring sooner than they did a year ago, which is as it should be"


@pytest.fixture
def cut(cast: Cast, settings: Any, tmp_path: Path) -> Cut:
    settings.CUTS = tmp_path / "cuts"
    return make_cut(cast.uma)


def test_ratings_are_reviewed_escalated_answered_and_done(story: Story, cast: Cast, cut: Cut) -> None:
    story.given_signed_in_as(cast.uma)
    story.when_i_open(reverse("reviews"))
    story.then_i_see("No review yet")
    story.then_the_page_is_accessible("none yet")
    story.when_i_press("Review a dashboard")
    story.when_i_choose("Partnership")
    story.when_i_fill("Which group met?", "Quality and assurance group")
    for part, typed in (("Day", cut.as_at.day), ("Month", cut.as_at.month), ("Year", cut.as_at.year)):
        story.when_i_fill(part, str(typed))
    story.then_the_page_is_accessible("new")
    story.when_i_press("Go on to the ratings")
    story.then_i_see("still to be spoken of")
    story.then_the_page_is_accessible("asked")
    story.page.get_by_role("link", name=re.compile("^Write what was said")).first.click()
    story.when_i_fill("What does the meeting make of it?", SAID)
    story.when_i_fill("What will be done?", "Visit both homes before the summer")
    story.page.get_by_label("Who answers for it?").select_option(str(cast.hana.pk))
    for part, typed in (("Day", "1"), ("Month", "3"), ("Year", "2027")):
        story.when_i_fill(part, typed)
    story.when_i_choose("Yes")
    story.then_the_page_is_accessible("write")
    story.when_i_press("Keep this version")
    story.then_i_see(SAID, "Waits for the executive")
    story.then_the_page_is_accessible("said")
    a_leader_answers(story, cast)
    its_owner_says_done(story, cast)


def a_leader_answers(story: Story, cast: Cast) -> None:
    story.given_signed_in_as(cast.vera)
    story.when_i_open(reverse("desk"))
    story.then_i_see("Escalated to the executive")
    story.then_the_page_is_accessible("desk")
    story.when_i_open(reverse("insight"))
    story.then_i_see("Escalated to the executive, not answered")
    story.then_the_page_is_accessible("dashboard")
    story.page.get_by_role("region", name=re.compile("Escalated")).get_by_role("link").first.click()
    story.when_i_fill("What does the executive decide?", "The board pays for one more worker from April")
    story.then_the_page_is_accessible("answer")
    story.when_i_press("Keep it")
    story.then_i_see("The executive answered: The board pays for one more worker")
    story.then_the_page_is_accessible("answered")


def its_owner_says_done(story: Story, cast: Cast) -> None:
    story.given_signed_in_as(cast.hana)
    story.when_i_open(reverse("desk"))
    story.then_i_see("1 action that you answer for")
    story.then_the_page_is_accessible("owner")
    story.page.locator(".kith-duties a[href^='/insight/ratings/']").click()
    story.then_i_see("What was done, and what came of it?")
    story.when_i_fill("What was done", "Both homes were visited, and ring at once now")
    story.when_i_press("Keep it")
    story.then_i_see("Both homes were visited")


def test_a_plan_takes_an_action_over_and_a_report_goes_to_its_list(
    story: Story, cast: Cast, cut: Cut, a_review: None
) -> None:
    story.given_signed_in_as(cast.uma)
    story.when_i_open(reverse("report-new-of", args=["delivery-plan"]))
    story.when_i_choose("The period just before, of the same length")
    story.when_i_press("Begin the draft")
    story.when_i_follow("Carry actions over from the plan before and from meetings")
    story.page.get_by_label("Visit both homes (Hana Yilmaz)").check()
    story.then_the_page_is_accessible("carry")
    story.when_i_press("Carry them over")
    story.then_i_see("Visit both homes", "Board")
    story.then_the_page_is_accessible("carried")
    story.when_i_open(reverse("report-recipients", args=["annual"]))
    story.then_the_page_is_accessible("nobody")
    story.when_i_fill("Agency or body", "City council")
    story.when_i_fill("Person or post", "Clerk to the scrutiny commission")
    story.when_i_fill("Email address", "clerk@council.example")
    story.when_i_press("Add to the list")
    story.then_i_see("clerk@council.example")
    story.then_the_page_is_accessible("list")
    a_report_is_signed(story)
    somebody_without_an_account_reads_it(story)


def a_report_is_signed(story: Story) -> None:
    story.when_i_open(reverse("report-new-of", args=["annual"]))
    story.when_i_choose("The period just before, of the same length")
    story.when_i_press("Begin the draft")
    for heading in ("Summary", "What we will do next"):
        story.when_i_follow(f"Write under {heading}")
        story.page.locator("textarea").first.fill("Fewer children went missing, and homes rang sooner.")
        story.when_i_press("Keep this version")
    story.when_i_follow("Read it whole and sign it off")
    story.then_i_see("Clerk to the scrutiny commission, City council")
    story.when_i_fill("What did you check?", "Every section, and the missing table against the police’s own")
    story.when_i_press("Sign it off")
    story.then_i_see("To whom it went", "clerk@council.example", "On its way")
    story.then_the_page_is_accessible("sent")


def somebody_without_an_account_reads_it(story: Story) -> None:
    story.context.clear_cookies()
    address = re.search(r"⟦(\S+)⟧", Letter.objects.get(about__startswith="report:").body)
    assert address
    story.when_i_open(address.group(1)[len(story.site.rstrip("/")) :])
    story.when_i_press("Send me a code")
    story.then_i_see("Send a new code")
    code = re.search(r"⟦(\d+)⟧", Letter.objects.latest("pk").body)
    assert code
    story.page.get_by_role("textbox").first.fill(code.group(1))
    story.page.get_by_role("textbox").first.press("Enter")
    story.then_i_see("Missing children (12 month rolling)")
    story.then_the_page_is_accessible("outside")


@pytest.fixture
def a_review(cast: Cast, cut: Cut) -> None:
    """What a meeting said of a measure."""
    from django.utils import timezone

    from kith.foundations.access.viewing import viewing_as
    from kith.insight.actions.reviews import RatingSaid, Seen, begin_review, write_rating

    now = timezone.now()
    with viewing_as(cast.uma):
        review = begin_review(dashboard="partnership", cut=cut, group="Board", met_on=cut.as_at, by=cast.uma, now=now)
        said = RatingSaid(SAID, "Visit both homes", cast.hana, cut.as_at)
        seen = Seen("missing-reports", "red", "400, before 300, +100 (+33.3%), Worse")
        write_rating(review=review, seen=seen, said=said, by=cast.uma, now=now)
