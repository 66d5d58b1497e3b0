"""Breaking the glass, its review, and who looked."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kith.subjects.models import Subject
from tests.journeys.story import Story
from tests.support.cast import Cast, let_in, make_person

WHY = "She is in my office now and frightened to go home tonight."


@pytest.fixture
def amara(cast: Cast) -> Subject:
    amara = make_person("Amara Osei")
    let_in(amara, cast.east)
    return amara


def test_the_glass_is_broken_with_a_reason_and_reviewed_by_somebody_else(
    story: Story, cast: Cast, amara: Subject
) -> None:
    story.given_signed_in_as(cast.farah)
    story.when_i_open(reverse("break-glass", args=[amara.pk]))
    story.then_i_see("Your work has not opened this record to you", "opens to you for 4 hours")
    story.then_the_page_is_accessible("break the glass")
    story.when_i_choose("They are with me")
    story.expected_statuses.add(422)
    story.when_i_press("Open the record for 4 hours")
    story.then_there_is_a_problem("Answer the question: What do you need to know, and why now?")
    story.when_i_fill("What do you need to know", WHY)
    story.when_i_press("Open the record for 4 hours")
    story.then_i_am_at(reverse("record", args=[amara.pk]))
    story.given_signed_in_as(cast.hana)
    story.when_i_open(reverse("break-glass-reviews"))
    story.then_i_see("Farah Aziz opened Amara Osei")
    story.then_the_page_is_accessible("glass to review")
    story.when_i_follow("Look at it")
    story.then_i_see(WHY)
    story.when_i_choose("Justified")
    story.then_the_page_is_accessible("review")


def test_her_worker_sees_who_looked_and_the_auditor_sees_everywhere(story: Story, cast: Cast, amara: Subject) -> None:
    story.given_signed_in_as(cast.asha)
    story.when_i_open(reverse("record", args=[amara.pk]))
    story.when_i_follow("Who looked")
    story.then_i_see("Asha Rahman")
    story.then_the_page_is_accessible("who looked")
    story.given_signed_in_as(cast.ellis)
    story.when_i_open(reverse("audit"))
    story.then_i_see("Asha Rahman")
    story.then_i_do_not_see("Osei")
    story.then_the_page_is_accessible("audit")
