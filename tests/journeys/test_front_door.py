"""A front door worker works through what was told, for a child and for a place."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from kith.foundations.access.models import Team
from kith.front_door.actions import NamedIn, Told, WhoGave, receive
from kith.front_door.models import Contact
from kith.pathways.models import Work
from kith.subjects.search import refresh
from tests.journeys.story import Story
from tests.support.cast import Cast, let_in, make_person, make_viewer
from tests.support.lives import make_life

TOLD = (
    "Twice this week after school I saw Amara by the gate of the Old Quay with a man in a grey car. "
    "She got in on Tuesday. Other children from year 10 were there too. "
    "A neighbour says that the same car has been there since half term."
)


@pytest.fixture
def farah(story: Story, cast: Cast) -> Story:
    """Farah at her queue: a contact about Amara at a place not on record, and an older one about online harm."""
    make_life(cast)
    child = make_person("Amara Osei-Tutu")
    let_in(child, cast.east)
    refresh()
    contexts = Team.objects.create(agency=cast.council, name="Contextual Safeguarding Places", work="contexts")
    make_viewer("Nell Adeyemi", "practitioner", cast.council, contexts)
    Team.objects.create(agency=cast.council, name="Assessment East Central", work="assessment")
    now = timezone.now()
    giver = WhoGave(
        "professional", "Sam Tully", "Designated safeguarding lead", "Harbour View Academy", "sam@harbour-view.example"
    )
    told = Told(
        "child",
        TOLD,
        giver,
        on=timezone.localdate(now) - timedelta(days=1),
        when={"days": ["weekday"], "hours": ["after-school"]},
        where={"name": "The Old Quay", "postcode": "QX1 2AB", "kind": "street"},
        how_known="saw",
        harms=("sexual-exploitation",),
        named=(
            NamedIn(
                "person", "child", "Amara Osei-Tutu", {"date_of_birth": "2010-12-08", "school": "Harbour View Academy"}
            ),
        ),
    )
    receive(told=told, once=uuid4(), now=now - timedelta(hours=2))
    older = Told("online", "A stranger writes to several children in one game.", WhoGave("parent"), in_danger=True)
    receive(told=older, once=uuid4(), now=now - timedelta(minutes=90))
    story.given_signed_in_as(cast.farah)
    return story


def test_what_is_due_first_stands_first(farah: Story) -> None:
    farah.when_i_open("/front-door/")
    farah.then_the_heading_is("Front door")
    lines = farah.page.locator(".kith-queue__one")
    expect(lines.first).to_contain_text("Danger now")
    expect(lines.first).to_contain_text("overdue by 30 minutes")
    expect(lines.nth(1)).to_contain_text("The Old Quay")
    farah.then_the_page_is_accessible("queue")
    farah.when_i_fill("Words or reference", "grey car")
    farah.when_i_press("Narrow")
    expect(farah.page.locator(".kith-queue__one")).to_have_count(1)
    farah.when_i_follow("Show all")
    expect(farah.page.locator(".kith-queue__one")).to_have_count(2)


@pytest.mark.measured("J2")
def test_a_contact_becomes_work_with_a_child_and_with_a_place(farah: Story, cast: Cast) -> None:
    contact = Contact.objects.get(about="child")
    with farah.journey("J2"):
        farah.when_i_open("/front-door/")
        farah.when_i_follow(contact.reference)
        farah.when_i_press("This one is Amara Osei-Tutu")
        farah.when_i_press("Begin a new record for The Old Quay")
        farah.when_i_press("Begin the record")
        page = farah.page
        page.get_by_label("Act on it").check()
        page.get_by_label("What follows for Amara Osei-Tutu").select_option("Child and family assessment")
        page.get_by_label("What follows for The Old Quay").select_option("Context pathway")
        page.get_by_label("Source of the referral").select_option("Schools")
        farah.when_i_fill("Why", "Seen twice with the same adult, who has a car. The family do not know yet.")
        farah.when_i_choose("Yes", "Is it shared with those who will work on it?")
        farah.when_i_choose("Public task (Article 6(1)(e))")
        farah.when_i_choose("No", "Does the child or family know?")
        farah.when_i_fill("Why they do not know yet", "The school asks that we speak with Amara first.")
        farah.when_i_press("Decide and go on to the reply")
        farah.when_i_press("Keep the reply and send it")
    farah.then_i_see("The reply about")
    assert {work.pathway for work in Work.objects.all()} == {"assessment", "context"}


def test_the_page_of_a_contact_and_its_decision_can_be_read_by_all(farah: Story) -> None:
    contact = Contact.objects.get(about="child")
    farah.when_i_open(f"/front-door/{contact.pk}/")
    farah.then_i_see("What was told", "Who and where is meant", "The name as you typed it")
    farah.then_the_page_is_accessible("contact")
    farah.when_i_press("This one is Amara Osei-Tutu")
    farah.then_i_see("The last twelve months")
    farah.when_i_press("No record is needed for The Old Quay")
    farah.then_the_page_is_accessible("settled")
    farah.when_i_press("Decide and go on to the reply")
    farah.then_there_is_a_problem("Answer the question: What do you decide?")
    farah.then_the_page_is_accessible("problem")


def test_a_decision_is_undone_within_ten_minutes(farah: Story) -> None:
    contact = Contact.objects.get(about="online")
    farah.when_i_open(f"/front-door/{contact.pk}/")
    farah.page.get_by_label("No further action").check()
    farah.when_i_fill("Why", "The game’s maker has closed the account.")
    farah.when_i_choose("No", "Is it shared with those who will work on it?")
    farah.when_i_fill("Why it is not shared", "Nobody is named.")
    farah.when_i_press("Decide and go on to the reply")
    farah.then_i_see("is decided: no further action")
    farah.then_the_page_is_accessible("reply")
    farah.when_i_follow("Undo")
    farah.when_i_fill("Why you undo it", "There is a second account.")
    farah.when_i_press("Undo the decision")
    farah.then_i_see("waits for a decision again", "There is a second account")
    farah.then_the_page_is_accessible("undone")


def test_what_was_told_by_phone_is_written_down_on_one_page(farah: Story) -> None:
    farah.when_i_open("/front-door/")
    farah.when_i_follow("Write down what you were told")
    farah.then_the_page_is_accessible("taking")
    farah.when_i_press("Send to the front door")
    farah.then_there_is_a_problem("Answer the question: Who tells this?")
    farah.when_i_choose("Somebody has told me by phone or in person")
    farah.page.locator("summary", has_text="Who told me by phone").click()
    farah.page.get_by_label("Who they are").first.select_option("A parent or carer")
    farah.when_i_fill("Their name", "Mrs Whitlock")
    farah.when_i_choose("A child or young person")
    farah.when_i_fill("What was seen or heard", "Her son has two phones that are not his.")
    farah.page.get_by_role("group", name="First").get_by_label("Name").fill("Rory Whitlock")
    farah.when_i_press("Send to the front door")
    farah.then_i_see("The front door has it.", "Rory Whitlock", "Mrs Whitlock")
    assert Contact.objects.get(came_by="phone").giver.kind == "parent"
