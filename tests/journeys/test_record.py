"""Reading a record, as those whose work it is do."""

import pytest
from django.urls import reverse

from tests.journeys.story import Story
from tests.support.cast import Cast
from tests.support.lives import Life, make_life


@pytest.fixture
def life(cast: Cast) -> Life:
    return make_life(cast)


def test_from_the_desk_to_what_happened(story: Story, cast: Cast, life: Life) -> None:
    story.given_signed_in_as(cast.asha)
    story.when_i_open("/")
    story.then_the_heading_is("Desk")
    story.then_the_page_is_accessible("desk")
    story.when_i_follow("Amara Osei")
    story.then_i_see("she/her", "Agencies disagree", "Asha Rahman", "8 December 2010", "12 August 2010")
    story.then_the_page_is_accessible("overview")
    story.when_i_follow("Chronology")
    story.then_i_see("November 2026")
    story.then_the_page_is_accessible("chronology")
    for tab in ("Who is involved", "Links"):
        story.when_i_follow(tab)
        story.then_the_heading_is(tab)
        story.then_the_page_is_accessible(tab.lower())
