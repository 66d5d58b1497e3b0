"""J13, the second half: a manager draws six records by lot, audits one on a phone, and its worker says what they think.

Given a team with work
When its manager draws six records, opens one with a reason, and answers on a phone
Then what the child needs today is with the worker at once, the words survive a page that was left, the worker reads the
audit and stands beside it with a view of their own, and leaders see how much was done, and nobody's name.
"""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.case_audits.models import AuditAction, CaseAudit
from kith.case_audits.rules.questions import form_on
from kith.foundations.access.viewing import viewing_as
from kith.subjects.models import Involvement, Subject
from tests.journeys.story import Story
from tests.support.cast import NOW, Cast, let_in, make_person

CHILDREN = ("Amara Osei", "Leo Whitcombe", "Mia Brand", "Noor Haddad", "Tomasz Zielinski", "Ivy Carter", "Sam Boateng")
PHONE = {"width": 320, "height": 640}
SAID = "Her own words open the plan, and one says what a Friday evening is like for her."


@pytest.fixture
def team(cast: Cast) -> list[Subject]:
    people = []
    for name in CHILDREN:
        found = make_person(name)
        let_in(found, cast.east)
        Involvement.objects.create(subject=found, scope=found.scope, agency=cast.council, worker=cast.asha.name,
                                   role="Social worker", recorded_at=NOW, is_lead=True)  # fmt: skip
        people.append(found)
    return people


def test_a_manager_draws_six_audits_one_and_the_worker_reflects(story: Story, cast: Cast, team: list[Subject]) -> None:
    _six_are_drawn(story, cast)
    child = _one_is_opened_and_today_comes_first(story)
    _it_is_answered_on_a_phone(story, cast)
    _the_worker_acts_and_reflects(story, cast, child)
    _leaders_see_counts_and_no_name(story, cast)


def _six_are_drawn(story: Story, cast: Cast) -> None:
    story.given_signed_in_as(cast.hana)
    story.when_i_open("/")
    story.when_i_follow("Insight")
    story.when_i_follow("Case audits")
    story.then_the_heading_is("Case audits")
    story.then_i_see("9 to 12 a month (not yet verified)", "No meeting was noted yet this year")
    story.then_the_page_is_accessible("programme")
    story.when_i_follow("Draw records by lot")
    story.when_i_choose("Single record")
    story.then_the_page_is_accessible("draw")
    story.when_i_press("Draw")
    story.then_i_see("Drawn by lot: 6 of 7 records.", "For me to audit")
    story.then_the_page_is_accessible("drawn")


def _one_is_opened_and_today_comes_first(story: Story) -> str:
    story.page.set_viewport_size(PHONE)
    link = story.page.locator("main ul a[href*='/case-audits/']").first
    child = link.inner_text()
    link.click()
    story.then_i_see("By lot: 6 records of 7")
    story.when_i_follow("Open the record")
    story.expected_statuses.add(422)
    story.when_i_press("Open the record")
    story.then_there_is_a_problem("Say in a few words what you look for in this record")
    story.when_i_fill("What do you look for in this record?", "Whether the child's own words stand in the plan")
    story.then_the_page_is_accessible("reason")
    story.when_i_press("Open the record")
    story.then_the_heading_is("First: today")
    story.when_i_choose("Yes")
    story.when_i_fill("What needs doing today?", "Ring the aunt, who does not know that plans changed")
    story.then_the_page_is_accessible("today")
    story.when_i_press("Keep this and go on")
    story.then_i_see("It is with the child’s worker and their manager now")
    return child


def _it_is_answered_on_a_phone(story: Story, cast: Cast) -> None:
    asked = form_on(timezone.localdate()).questions
    story.then_the_page_is_accessible("questions")
    first = asked[0]
    story.page.locator(f"textarea[name={first.key}_words]").fill(SAID)
    story.page.locator(f"textarea[name={asked[1].key}_words]").focus()
    story.then_i_see("Kept at")
    story.when_i_open("/drafts")
    story.then_i_see("A case audit")
    story.when_i_press("Put them back")
    assert story.page.locator(f"textarea[name={first.key}_words]").input_value() == SAID
    for number, one in enumerate(asked):
        if number:
            story.page.locator(f"textarea[name={one.key}_words]").fill("Seen in the notes of October")
        judged = "strong" if not number else "improve"
        story.page.locator(f"input[name={one.key}_judgement][value={judged}]").check()
    story.when_i_press("Keep the answers")
    story.then_i_see("Your answers are kept", "Strong", "Needs to improve")
    story.then_the_page_is_accessible("answered")
    story.when_i_press("Finish, and tell the worker")
    story.then_i_see("Finished. The worker whose record it is has been told")


def _the_worker_acts_and_reflects(story: Story, cast: Cast, child: str) -> None:
    story.given_signed_in_as(cast.asha)
    story.when_i_open("/")
    story.then_i_see("1 thing to do, 1 audit to read", "A case audit found something that a child needs today")
    story.then_the_page_is_accessible("desk")
    story.when_i_open(reverse("case-audits-mine"))
    story.then_i_see("For me to do", "Ring the aunt", "Audits of my work to read")
    story.then_the_page_is_accessible("mine")
    story.page.get_by_role("main").get_by_role("link", name=child).first.click()
    story.then_i_see(SAID)
    story.when_i_follow("It is done")
    story.when_i_fill("What was done, and what came of it?", "Rang her at four; she comes to the meeting")
    story.then_the_page_is_accessible("done")
    story.when_i_press("It is done")
    story.when_i_follow("Say what I think of it")
    story.when_i_fill("What do you think of it?", "I agree. I was in court both weeks and should have written it down.")
    story.then_the_page_is_accessible("reflect")
    story.when_i_press("Keep my view")
    story.then_i_see("I was in court both weeks", "Rang her at four")
    story.then_the_page_is_accessible("audit")
    with viewing_as(cast.asha):
        assert AuditAction.objects.get().done_by == cast.asha
        assert CaseAudit.objects.exclude(completed_at=None).get().reflection.startswith("I agree")


def _leaders_see_counts_and_no_name(story: Story, cast: Cast) -> None:
    story.given_signed_in_as(cast.vera)
    story.when_i_open(reverse("case-audits"))
    story.then_i_see("1 of 9", "Severnmouth Council")
    story.then_i_do_not_see(*CHILDREN)
    story.then_the_page_is_accessible("leader")
    story.when_i_follow("What they taught us")
    story.then_i_see("Too few audits yet to say anything of a quarter")
    story.then_the_page_is_accessible("learning")


def test_what_stands_without_a_child(story: Story, cast: Cast) -> None:
    """A meeting to which the police did not come, a month's learning, an audit that a school hands in."""
    story.given_signed_in_as(cast.hana)
    story.when_i_open(reverse("case-audits-meeting"))
    story.page.get_by_label("What was audited together?").select_option("multi-agency")
    today = timezone.localdate()
    for label, number in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        story.page.get_by_label(label, exact=True).fill(str(number))
    story.when_i_choose("Nobody came", question="Severnmouth police")
    story.when_i_fill("Severnmouth police: why nobody came", "No capacity")
    story.then_the_page_is_accessible("meeting")
    story.when_i_press("Keep it")
    story.then_i_see("Severnmouth police came to none of the 1: “No capacity”")
    story.when_i_open(reverse("case-audits-learning-new"))
    story.page.get_by_label("Which month?").select_option(index=1)
    story.when_i_fill("What was good?", "Workers know the children well")
    story.when_i_fill("What keeps coming up?", "Places are in the notes and not in the plan")
    story.then_the_page_is_accessible("learning new")
    story.when_i_press("Send it to teams")
    story.then_i_see("Workers know the children well", "Sent to")
    story.then_the_page_is_accessible("learned")
    story.given_signed_in_as(cast.carol)
    story.when_i_open(reverse("case-audits-hand-in"))
    story.when_i_fill("What was audited?", "Attendance plans")
    story.then_the_page_is_accessible("hand in")
    story.expected_statuses.add(422)
    story.when_i_press("Hand it in")
    story.then_there_is_a_problem("Enter")
