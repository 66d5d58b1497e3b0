"""An officer decides an unsure match, and takes it back."""

from __future__ import annotations

import pytest

from kith.linkage.models import Match
from kith.linkage.tests.delivered import says
from kith.linkage.tests.test_judging import placed, unsure
from tests.journeys.story import Story
from tests.support.cast import Cast


@pytest.fixture
def zofia(cast: Cast) -> Match:
    """Zofia at school and in social care; police's thin record of a Zosia; and two who may be one Ali Khan."""
    home = {"postcode": "QX7 6RS", "address": "52 Orchard Vale Road"}
    school = says("school", "1", first_name="Zofia", last_name="Nowak", date_of_birth="2013-03-20", upn="A1", **home)
    council = says("council", "A1", first_name="Zofia", last_name="Nowak", date_of_birth="2013-03-20", **home)
    police = says("police", "N1", first_name="Zosia", last_name="Nowak", date_of_birth="2013-03-02")
    ali = says("school", "2", first_name="Ali", last_name="Khan", date_of_birth="2012-01-15")
    aly = says("police", "N2", first_name="Aly", last_name="Khan", date_of_birth="2012-01-15")
    placed(cast, (school, council), (police,), (ali,), (aly,))
    unsure(ali, aly, 2.0)
    return unsure(council, police, 4.0)


def test_decide_an_unsure_match_and_undo_it(story: Story, cast: Cast, zofia: Match) -> None:
    story.given_signed_in_as(cast.gwen)
    story.when_i_open("/matches/")
    story.then_the_heading_is("Matches to decide (2)")
    story.then_the_page_is_accessible("queue")
    story.when_i_follow("Zofia Nowak and Zosia Nowak")
    story.then_the_heading_is("Is this one person or two?")
    story.then_i_see("20 March 2013", "2 March 2013")
    story.then_the_page_is_accessible("match")
    story.page.get_by_label("Somebody who works with them told me").check()
    story.page.get_by_role("button", name="Same person").click()
    story.then_i_see("You decided: Same person", "Ali Khan", "Aly Khan")
    story.then_the_page_is_accessible("next with undo")
    story.page.get_by_role("button", name="Undo").click()
    story.then_i_see("The decision is taken back")
    story.then_the_heading_is("Matches to decide (2)")
    story.when_i_open("/judgements/?show=withdrawn")
    story.then_i_see("Undone straight after")
    story.then_the_page_is_accessible("withdrawn")
