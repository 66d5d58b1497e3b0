"""The front door asks three agencies: one answers by a secure link, one on its own page, one is chased."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser

from kith.foundations.access.models import Agency, Team
from kith.foundations.letters.models import Letter
from kith.front_door.actions import NamedIn, Told, WhoGave, receive
from kith.front_door.actions.attendance import Said, say_presence
from kith.front_door.models import CheckAnswer, Contact
from tests.journeys.story import Story
from tests.support.cast import Cast

KNOWN = "She has been to the walk-in clinic twice since September, each time with the same older friend."


@pytest.fixture
def contact(cast: Cast) -> Contact:
    """A contact about two children; police, health and school may know; the school has a team that answers."""
    Agency.objects.create(key="police", name="Severn Police", kind="police", email="mash@police.example")
    health = Agency.objects.create(
        key="health", name="Severn Community Health", kind="health", email="safe@health.example"
    )
    cast.carol.teams.add(Team.objects.create(agency=cast.school, name="Checks", work="checks"))
    named = (
        NamedIn("person", "child", "Zephyrine Quillfeather", {"date_of_birth": "2011-04-03", "school": "Harbour View"}),
        NamedIn("person", "child", "Leo Whitcombe", {"age": "15"}),
    )
    giver = WhoGave("public", name="Mrs Neighbour")
    told = Told("child", "Both were seen getting into a car by the quay.", giver, named=named)
    receipt = receive(told=told, once=uuid4(), now=timezone.now())
    say_presence(said=Said(health, "absent", "sick leave"), on=timezone.localdate(), by=cast.farah, now=timezone.now())
    return Contact.objects.get(pk=receipt.contact_id)


def secret_of(subject: str) -> str:
    """What a letter carries for its reader alone; the worker that sends letters is not running here."""
    found = re.search("⟦(.*?)⟧", Letter.objects.filter(subject=subject).latest("pk").body)
    assert found
    return found[1]


def ask(story: Story, contact: Contact) -> None:
    story.when_i_open(reverse("contact-checks", args=[contact.pk]))
    story.then_i_see("No agency has been asked yet", "Severn Community Health (absent: sick leave)")
    story.when_i_follow("Ask agencies")
    for agency in ("Severn Police", "Severn Community Health", "Harbour View Academy"):
        story.when_i_choose(agency)
    story.when_i_fill("What do you need to know?", "What do you know of these two and of the car?")
    story.when_i_choose("Zephyrine Quillfeather")
    story.when_i_choose("Date of birth or age")
    story.when_i_choose("To decide what follows from a contact")
    story.when_i_choose("Public task")
    story.then_the_page_is_accessible("ask")
    story.when_i_press("Ask them")
    story.then_there_is_a_problem("Answer the question: How soon?")
    story.when_i_choose("Amber")
    story.when_i_press("Ask them")
    story.then_i_see("0 of 3 agencies answered")
    story.then_the_page_is_accessible("asked")


def test_three_agencies_are_asked_answer_and_are_chased(
    story: Story, cast: Cast, contact: Contact, browser: Browser
) -> None:
    story.given_signed_in_as(cast.farah)
    ask(story, contact)
    health = Letter.objects.filter(to="safe@health.example").latest("pk")
    assert "Zephyrine" not in health.subject + health.body
    link = re.search("⟦(.*?)⟧", health.body)
    assert link
    by_link(story, browser, "/" + link[1].split("/", 3)[3])
    on_its_own_page(story, cast)
    story.given_signed_in_as(cast.farah)
    story.when_i_open(reverse("contact-checks", args=[contact.pk]))
    story.then_i_see("2 of 3 agencies answered")
    story.when_i_follow("Chase Severn Police")
    story.when_i_choose("A call")
    story.when_i_fill("Note", "Spoke with the duty sergeant.")
    story.then_the_page_is_accessible("chase")
    story.when_i_press("Chase")
    story.then_i_see("Spoke with the duty sergeant.", KNOWN)
    story.then_the_page_is_accessible("answered")
    story.when_i_follow("All answers side by side")
    story.then_i_see(KNOWN, "Not to be shared:", "No answer yet.", "We looked, and know nothing.")
    story.then_the_page_is_accessible("picture")


def by_link(story: Story, browser: Browser, address: str) -> None:
    """A health visitor on a phone, with no account and no script."""
    own = story.context, story.page
    phone = browser.new_context(viewport={"width": 320, "height": 700}, java_script_enabled=False)
    story.context, story.page = phone, phone.new_page()
    story.page.goto(story.site + address)
    story.then_i_do_not_see("Zephyrine")
    assert "Zephyrine" not in story.page.title()
    story.when_i_press("Send the code")
    story.when_i_fill("The code from the letter", secret_of("Your code"))
    picture(story, "code")
    story.when_i_press("Go on")
    story.then_i_see("Zephyrine Quillfeather, born 3 Apr 2011", "the car")
    story.then_i_do_not_see("Leo Whitcombe", "Mrs Neighbour", "by the quay")
    story.when_i_choose("We know something")
    story.when_i_fill("What is known", KNOWN)
    story.when_i_press("Keep it and go on later")
    story.then_i_see("Your words are kept")
    story.page.goto(story.site + address)
    assert story.page.get_by_label("What is known").input_value() == KNOWN
    story.when_i_press("Send the answer")
    story.then_i_see("There is a problem")
    picture(story, "link")
    story.when_i_choose("Our own records")
    story.when_i_choose("The front door only")
    story.when_i_fill("Your name", "Rosa Lind")
    story.when_i_fill("Your role", "Named nurse")
    story.when_i_fill("Your phone", "01632 960555")
    story.when_i_press("Send the answer")
    story.then_the_heading_is("Thank you")
    phone.close()
    assert CheckAnswer.objects.count() == 1
    story.context, story.page = own


def picture(story: Story, called: str) -> None:
    story.pictures.mkdir(parents=True, exist_ok=True)
    story.page.screenshot(path=story.pictures / f"{called}-320.png", full_page=True)


def on_its_own_page(story: Story, cast: Cast) -> None:
    story.given_signed_in_as(cast.carol)
    story.when_i_open("/")
    story.when_i_follow("Checks asked of us")
    story.then_the_page_is_accessible("asked of us")
    story.when_i_follow("Question")
    story.then_i_see("Zephyrine Quillfeather")
    story.then_the_page_is_accessible("answer")
    story.when_i_choose("We looked, and know nothing")
    story.when_i_choose("Our own records")
    story.when_i_choose("Professionals who work with them")
    story.when_i_fill("Your phone", "01632 960103")
    if not story.page.get_by_label("Your role").input_value():
        story.when_i_fill("Your role", "Designated safeguarding lead")
    story.when_i_press("Send the answer")
    story.then_i_see("Your answer stands")


def test_the_link_is_accessible_with_script_too(story: Story, cast: Cast, contact: Contact) -> None:
    story.given_signed_in_as(cast.farah)
    ask(story, contact)
    story.context.clear_cookies()
    link = re.search("⟦(.*?)⟧", Letter.objects.filter(to="safe@health.example").latest("pk").body)
    assert link
    story.when_i_open("/" + link[1].split("/", 3)[3])
    story.then_the_page_is_accessible("code")
    story.when_i_press("Send the code")
    story.when_i_fill("The code from the letter", secret_of("Your code"))
    story.when_i_press("Go on")
    story.when_i_choose("We know something")
    story.when_i_fill("What is known", KNOWN)
    story.page.get_by_label("What is known").blur()
    story.then_i_see("Kept at")
    story.then_the_page_is_accessible("link")


def test_who_is_in_the_hub_and_the_fortnight(story: Story, cast: Cast, contact: Contact) -> None:
    story.given_signed_in_as(cast.farah)
    story.when_i_open(reverse("attendance"))
    story.then_i_see("Severn Community Health (absent: sick leave)")
    story.page.get_by_label("Severn Community Health", exact=False).first.select_option(label="By phone or remote")
    story.then_the_page_is_accessible("attendance")
    story.when_i_press("Set the board")
    story.then_i_see("The board is set")
    story.then_i_do_not_see("(absent")
    for name in ("front-door-review", "front-door-volumes"):
        story.when_i_open(reverse(name))
        story.then_i_see("What the figures mean")
        story.then_the_page_is_accessible(name)
