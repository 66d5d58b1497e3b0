"""Who looked at a child's record, answered for the data protection officer: every look, why they could, taken away."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kith.subjects.models import Subject
from tests.journeys.story import Story
from tests.support.cast import Cast, let_in, make_person


@pytest.fixture
def looked_at(story: Story, cast: Cast) -> Subject:
    """Amara, at whom her worker looked, and whom somebody from elsewhere tried to open."""
    amara = make_person("Amara Osei")
    let_in(amara, cast.east)
    for viewer, status in ((cast.asha, 200), (cast.dev, 404)):
        story.given_signed_in_as(viewer)
        story.when_i_open(reverse("record", args=[amara.pk]), status=status)
    story.page.goto("about:blank")
    return amara


@pytest.mark.journey("J14")
def test_who_looked_at_a_childs_record_is_answered_and_taken_away(story: Story, cast: Cast, looked_at: Subject) -> None:
    story.given_signed_in_as(cast.ellis)
    with story.journey("J14"):
        story.when_i_open("/")
        story.when_i_follow("Who looked")
        story.page.get_by_text("Filter this list").first.click()
        story.when_i_fill("Whose record: its number", str(looked_at.pk))
        story.when_i_press("Show these")
        story.then_i_see("Asha Rahman", "Dev Patel")
        with story.page.expect_download() as file:
            story.when_i_follow("Take these away as a file")
        story.page.locator(".kith-lines tbody").get_by_role("link").first.click()
        story.then_i_see("Take these lines away as a file")
    assert "Dev Patel" in file.value.path().read_text(encoding="utf-8-sig")
    story.then_the_page_is_accessible("who looked at her")
