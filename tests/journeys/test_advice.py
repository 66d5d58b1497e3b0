"""Somebody rings for advice and names nobody; a manager signs it."""

from __future__ import annotations

from django.urls import reverse

from kith.front_door.models import Consultation
from tests.journeys.story import Story
from tests.support.cast import Cast


def test_a_consultation_is_logged_and_overseen(story: Story, cast: Cast) -> None:
    cast.hana.teams.add(cast.front_door)
    story.given_signed_in_as(cast.farah)
    story.when_i_open(reverse("advice"))
    story.then_i_see("No consultation is logged yet")
    story.when_i_follow("Log a consultation")
    story.when_i_fill("Who asks?", "Sam Tully")
    story.when_i_choose("Nobody is named")
    story.when_i_fill("What do they ask?", "A boy in year 9 has new trainers and will not say from whom.")
    story.when_i_fill("What did you advise?", "Ask him with somebody he trusts, and ring again with what he says.")
    story.when_i_choose("Ring back")
    story.when_i_choose("No", "Do they want the advice in writing?")
    story.then_the_page_is_accessible("log")
    story.when_i_press("Log it")
    story.then_i_see("Enter the day on which they are rung back")
    for part, typed in zip(("day", "month", "year"), _tomorrow(), strict=True):
        story.page.locator(f"#id_ring_back_on-{part}").fill(typed)
    story.when_i_press("Log it")
    story.then_i_see("Nobody was named, and nothing was looked up", "Ring back:")
    story.then_the_page_is_accessible("consultation")
    story.given_signed_in_as(cast.hana)
    story.when_i_open(reverse("advice"))
    story.when_i_follow("1 consultation no manager has signed")
    story.when_i_follow("Sam Tully")
    story.when_i_fill("Your comment", "Right. I would ring the school tomorrow.")
    story.then_the_page_is_accessible("oversight")
    story.when_i_press("Sign it")
    story.then_i_see("Hana Yilmaz")
    story.when_i_open(reverse("advice"))
    story.then_the_page_is_accessible("list")
    assert Consultation.objects.get().overseen_by == cast.hana


def _tomorrow() -> tuple[str, str, str]:
    from datetime import timedelta

    from django.utils import timezone

    day = timezone.localdate() + timedelta(days=1)
    return str(day.day), str(day.month), str(day.year)
