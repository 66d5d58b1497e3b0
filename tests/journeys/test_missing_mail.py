"""Two letters of the police: a child reported missing, and a child who is back, each confirmed by a person."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.utils import timezone

from kith.foundations.clocks import HERE
from kith.front_door.actions.mailbox import take_email
from kith.missing.actions import Reported, report_missing
from kith.missing.models import Account, Episode
from kith.subjects.search import refresh
from tests.journeys.story import Story
from tests.support.cast import Cast, make_person

HOUR = timedelta(hours=1)


def came(number: str, words: str) -> None:
    message = EmailMessage()
    message["Authentication-Results"] = "mx.severnmouth.example; dmarc=pass header.from=police.example"
    message["From"], message["Subject"] = "Control Room <control@police.example>", "Notification"
    message["Message-ID"] = f"<{number}@police.example>"
    message.set_content(words)
    take_email(raw=message.as_bytes(), now=timezone.now())


@pytest.fixture(autouse=True)
def police_write(cast: Cast, settings: Any) -> None:
    settings.KITH_MAIL_TRUSTED = ["mx.severnmouth.example"]
    cast.police.email = "control@police.example"
    cast.police.save()


def test_a_letter_of_a_missing_child_is_read_set_right_and_reported(story: Story, cast: Cast) -> None:
    make_person("Amara Osei")
    refresh()
    gone = (timezone.now() - 5 * HOUR).astimezone(HERE)
    came("1", f"Missing person report\nOccurrence No: MP/114101\nName: Amara Osei\nDOB: 08/12/2010\n"
              f"Missing since: {gone:%d/%m/%Y %H:%M} at the quay\nRisk: amber\nClothing: grey hoodie\n"
              "Circumstances: Did not come home.")  # fmt: skip
    came("2", "Misper report\nName: Nobody Known\nRef: X/1\nMissing since: yesterday 21:00")
    story.given_signed_in_as(cast.raj)
    story.when_i_open("/missing/mail")
    story.then_i_see("Amara Osei · MP/114101", "Nobody Known · X/1")
    story.then_the_page_is_accessible("list")
    story.when_i_follow("Amara Osei · MP/114101")
    story.then_i_see("What we read", "In the letter: “amber”", "It is none of our grades", "Who is meant?")
    story.then_the_page_is_accessible("letter")
    story.page.get_by_role("link", name="Amara Osei").click()
    story.then_i_see("Is this right?")
    story.page.get_by_role("radio", name="Missing", exact=True).check()
    story.page.get_by_label("Where they are missing from").select_option("home")
    story.page.get_by_label("Their grade").select_option("high")
    story.then_the_page_is_accessible("confirm")
    story.when_i_press("Report the child")
    story.then_i_see("Reported, once", "MP/114101", "grey hoodie", "Missing for 5 hours")
    assert (Account.objects.get().came_by, Account.objects.get().grade) == ("email", "high")
    story.when_i_open("/missing/mail?show=done")
    story.then_i_see("Reported as M-")


def test_a_letter_that_a_child_is_back_ends_the_absence(story: Story, cast: Cast) -> None:
    child, now = make_person("Leo Whitcombe"), timezone.now().replace(second=0, microsecond=0)
    told = Reported(child.pk, cast.police.pk, "missing", now - 6 * HOUR, number="MP/114095")
    report_missing(reported=told, by=cast.raj, now=now)
    back = (now - HOUR).astimezone(HERE)
    came("3", f"Misper found\nRef: MP/114095\nName: Leo Whitcombe\nReturned: {back:%d/%m/%Y} at {back:%H:%M}\n"
              "Found at: a friend's house")  # fmt: skip
    story.given_signed_in_as(cast.quinn)
    story.when_i_open("/missing/mail")
    story.when_i_follow("Leo Whitcombe · MP/114095")
    story.then_i_see("Which absence is over?", "likely this one")
    story.then_the_page_is_accessible("return")
    story.when_i_follow("Leo Whitcombe, born")
    story.when_i_choose("Police found them")
    story.when_i_choose("Where they live")
    story.when_i_press("Say that the child is back")
    story.then_i_see("Back: was missing for 5 hours")
    assert Episode.objects.get().back_at == back.replace(second=0, microsecond=0)


def test_a_sender_nobody_knows_is_said_and_it_stays_a_contact(story: Story, cast: Cast, settings: Any) -> None:
    settings.KITH_MAIL_TRUSTED = []
    came("4", "Missing person report\nName: Somebody Else\nRef: Q/9\nMissing since: yesterday 21:00")
    story.given_signed_in_as(cast.quinn)
    story.when_i_open("/missing/mail")
    story.then_i_see("Sender not known")
    story.when_i_follow("Somebody Else · Q/9")
    story.then_i_see("We do not know that this came from whom it says")
    story.then_the_page_is_accessible("not known")
    story.when_i_press("Not a missing report")
    story.then_i_see("It waits at the front door", "No letter waits")
    story.given_signed_in_as(cast.farah)
    story.when_i_open("/front-door/")
    story.page.locator("main a[href^='/front-door/']").filter(has_text="-").first.click()
    story.then_i_see("It reads as telling of a missing child", "Not a missing report")
