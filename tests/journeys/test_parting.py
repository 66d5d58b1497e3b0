"""Two children joined wrongly: a worker asks by keyboard alone, an officer parts them and takes it back."""

from __future__ import annotations

import pytest

from kith.linkage.tests.delivered import says
from kith.linkage.tests.test_judging import placed
from kith.subjects.models import Subject
from tests.journeys.story import Story
from tests.support.cast import Cast, let_in

BORN = {"last_name": "Nowak", "date_of_birth": "2013-03-20", "postcode": "QX7 6RS"}


@pytest.fixture
def twins(cast: Cast) -> Subject:
    """Zofia at school and in social care; her twin sister Zosia's police record was joined to hers."""
    school = says("school", "1", first_name="Zofia", **BORN)
    council = says("council", "A1", first_name="Zofia", **BORN)
    police = says("police", "N1", first_name="Zosia", **BORN)
    placed(cast, (school, council, police))
    subject = Subject.objects.get(pk=school.subject_id)
    let_in(subject, cast.asha)
    return subject


def test_ask_to_part_decide_and_undo(story: Story, cast: Cast, twins: Subject) -> None:
    story.given_signed_in_as(cast.asha)
    story.when_i_open(f"/records/{twins.pk}/")
    story.when_i_reach("These records are not all theirs")
    story.page.keyboard.press("Enter")
    story.then_the_heading_is("These records are not all theirs")
    story.then_the_page_is_accessible("choose")
    story.expected_statuses.add(422)
    story.when_i_press("Ask to part these records")
    story.then_i_see("There is a problem")
    story.then_the_page_is_accessible("nothing chosen")
    story.when_i_reach("police-feed", "checkbox")
    story.page.keyboard.press("Space")
    story.when_i_fill("How do you know?", "She has a twin sister, whom police know.")
    story.when_i_reach("Ask to part these records", "button")
    story.page.keyboard.press("Enter")
    story.then_i_see("Nothing is moved until they decide")
    story.given_signed_in_as(cast.gwen)
    story.when_i_open("/matches/")
    story.then_i_see("Asked to be parted")
    story.then_the_page_is_accessible("queue with a request")
    story.when_i_follow("She has a twin sister")
    story.then_the_heading_is("Are these records one person’s?")
    story.then_the_page_is_accessible("decide")
    story.when_i_fill("How do you know?", "The school told me that there are two.")
    story.when_i_press("Different people: part them")
    story.then_i_see("The records are parted", "You decided: Different people")
    story.when_i_press("Undo")
    story.then_i_see("The decision is taken back")
