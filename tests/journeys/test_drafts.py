"""What somebody typed is never lost: called away, cut off, signed out, with a script and without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Error, expect

from kith.chronology.models import Entry, EntrySubject
from kith.foundations.audit.models import AuditEvent
from kith.foundations.drafts.models import Draft
from tests.journeys.story import Story
from tests.support.cast import Cast
from tests.support.lives import Life, make_life

WRITE = "/entries/new"
TEXT = "What happened, or what was said"
SAID = "She told me about the lifts, and that she wants her aunt to know."
Elsewhere = Callable[..., None]


@pytest.fixture
def life(cast: Cast) -> Life:
    return make_life(cast)


@pytest.fixture
def asha(story: Story, cast: Cast, life: Life) -> Story:
    story.given_signed_in_as(cast.asha)
    return story


@pytest.fixture
def another_browser(asha: Story, browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Elsewhere]:
    """The first crashes, without a word; Asha goes on in another, with a script or without."""
    opened: list[BrowserContext] = []

    def go_on(*, script: bool = True) -> None:
        crashed = asha.page
        opened.append(browser.new_context(**{**browser_context_args, "java_script_enabled": script}))
        asha.given_no_script(opened[-1])
        with suppress(Error):
            crashed.goto("chrome://crash", timeout=3000)

    yield go_on
    for context in opened:
        context.close()


def test_a_crash_loses_nothing(asha: Story, life: Life, another_browser: Elsewhere) -> None:
    asha.when_i_open(f"{WRITE}?about={life.amara.pk}&about={life.friend.pk}")
    asha.when_i_fill(TEXT, SAID)
    asha.when_i_fill("Only on the record of Leo Whitcombe", "He wants to be asked first")
    asha.page.get_by_label("What this is").focus()
    expect(asha.page.locator(".kith-kept")).to_contain_text("Kept at")
    asha.then_the_page_is_accessible("kept")
    another_browser()
    asha.when_i_open("/")
    asha.then_i_see("You have words that were not sent, in 1 form")
    asha.then_the_page_is_accessible("desk")
    asha.when_i_open(WRITE)
    asha.then_i_see("You have words here that were not sent, from today")
    asha.then_i_do_not_see(SAID)
    asha.then_the_page_is_accessible("offered")
    asha.when_i_press("Put them back")
    expect(asha.page.get_by_label(TEXT)).to_have_value(SAID)
    expect(asha.page.get_by_label("Only on the record of Leo Whitcombe")).to_have_value("He wants to be asked first")
    asha.then_the_page_is_accessible("put back")
    asha.when_i_press("Save the note")
    asha.then_i_see("Your note stands on 2 records")
    assert not Draft.objects.exists()
    assert Entry.objects.filter(summary=SAID).count() == 1
    assert EntrySubject.objects.get(private_text="He wants to be asked first").subject == life.friend
    asha.when_i_open("/")
    asha.then_i_do_not_see("words that were not sent")


def test_without_a_script(asha: Story, life: Life, another_browser: Elsewhere) -> None:
    asha.when_i_open(f"{WRITE}?about={life.amara.pk}")
    asha.when_i_fill(TEXT, SAID)
    asha.page.keyboard.press("Tab")
    expect(asha.page.locator(".kith-kept")).to_contain_text("Kept at")
    another_browser(script=False)
    asha.when_i_open(WRITE)
    asha.when_i_press("Put them back")
    expect(asha.page.get_by_label(TEXT)).to_have_value(SAID)
    asha.when_i_fill("Find somebody or somewhere to add", "Leo")
    asha.when_i_press("Find")
    asha.when_i_press("Add Leo Whitcombe")
    another_browser(script=False)
    asha.when_i_open(WRITE)
    asha.when_i_press("Put them back")
    expect(asha.page.get_by_label("Only on the record of Leo Whitcombe")).to_be_visible()
    asha.when_i_press("Save the note")
    assert EntrySubject.objects.filter(entry__summary=SAID).count() == 2
    assert not Draft.objects.exists()


def test_kept_every_ten_seconds_and_as_the_page_goes(asha: Story, life: Life) -> None:
    asha.page.clock.install()
    path = reverse("what-matters", args=[life.amara.pk])
    asha.when_i_open(path)
    box = asha.page.get_by_label("What matters now, in one line")
    box.press_sequentially(" Her aunt")
    assert not Draft.objects.exists()
    asha.page.clock.fast_forward(10_500)
    expect(asha.page.locator(".kith-kept")).to_contain_text("Kept at")
    assert "Her aunt" in Draft.objects.get(path=path).fields["text"][0]
    box.press_sequentially(" knows more")
    asha.page.goto(asha.site + "/drafts")
    asha.page.wait_for_timeout(300)
    assert "knows more" in Draft.objects.get(path=path).fields["text"][0]
    asha.page.reload()
    asha.then_i_see("What matters now", "knows more")
    asha.then_the_page_is_accessible("list")
    asha.when_i_press("Throw them away")
    asha.then_i_see("The words are thrown away", "Everything you wrote has been sent")
    asha.then_the_page_is_accessible("none")
    assert AuditEvent.objects.filter(action="throw-away-draft", subjects=[life.amara.pk]).count() == 1


def time_runs_out() -> None:
    """Nothing was heard of anybody for an hour."""
    for row in Session.objects.all():
        store = row.get_session_store_class()(session_key=row.session_key)
        store["seen_at"] = store.get("seen_at", 0) - 3600
        store.save()


def test_signed_out_while_writing(asha: Story, life: Life) -> None:
    """What was just sent waits behind the sign-in, and is sent from there."""
    asha.when_i_open(f"{WRITE}?about={life.amara.pk}")
    asha.when_i_fill(TEXT, SAID)
    time_runs_out()
    asha.page.route("**/drafts/keep*", lambda route: route.abort())  # so that it is the sending that finds it out
    asha.expected_statuses.add(0)
    asha.when_i_press("Save the note")
    asha.then_i_am_at("/accounts/login/")
    asha.then_i_see("What you had just sent is kept for you")
    asha.then_the_page_is_accessible("signed out")
    asha.failures = [one for one in asha.failures if "drafts/keep" not in one]
    asha.page.unroute("**/drafts/keep*")
    asha.when_i_follow("Choose somebody to sign in as")
    asha.when_i_press("Sign in as Asha")
    asha.then_i_am_at(WRITE)
    asha.when_i_press("Put them back")
    expect(asha.page.get_by_label(TEXT)).to_have_value(SAID)
    asha.when_i_press("Save the note")
    asha.then_i_see("Your note stands on one record")
    assert Entry.objects.filter(summary=SAID).count() == 1
    assert not Draft.objects.exists()


def test_keeping_finds_out_that_time_ran_out(asha: Story, life: Life) -> None:
    path = reverse("what-matters", args=[life.amara.pk])
    asha.when_i_open(path)
    asha.when_i_fill("What matters now, in one line", "Her aunt first")
    time_runs_out()
    asha.expected_statuses.add(401)
    asha.page.keyboard.press("Tab")
    expect(asha.page.locator(".kith-kept")).to_contain_text("Your words are kept. Your time has run out")
    asha.when_i_fill("What matters now, in one line", "Her aunt first, always")
    asha.page.keyboard.press("Tab")
    asha.page.wait_for_timeout(300)
    assert Draft.objects.get().fields["text"] == ["Her aunt first, always"]
    asha.when_i_open(path)
    asha.then_i_am_at("/accounts/login/")


def test_a_partial_request_finds_out_that_time_ran_out(asha: Story, life: Life) -> None:
    """The language helper's: the page is asked for as a whole once every word is kept."""
    asha.when_i_open(f"{WRITE}?about={life.amara.pk}")
    asha.when_i_fill(TEXT, SAID)
    time_runs_out()
    asha.expected_statuses.add(401)
    asha.page.keyboard.press("Tab")
    asha.then_i_am_at("/accounts/login/")
    assert Draft.objects.get().fields["text"] == [SAID]
    asha.when_i_follow("Choose somebody to sign in as")
    asha.when_i_press("Sign in as Asha")
    asha.then_i_am_at(WRITE)
    asha.then_i_see("You have words here that were not sent")


def test_back_from_what_was_sent_is_another_form(asha: Story, life: Life) -> None:
    """Whoever comes back to a sent form and types on keeps those words too; the first note stands once."""
    asha.when_i_open(f"{WRITE}?about={life.amara.pk}")
    asha.when_i_fill(TEXT, SAID)
    asha.when_i_press("Save the note")
    asha.then_i_see("Your note stands on one record")
    asha.page.go_back()
    asha.when_i_fill(TEXT, "Another thing she said")
    asha.page.keyboard.press("Tab")
    expect(asha.page.locator(".kith-kept")).to_contain_text("Kept at")
    assert Draft.objects.get().fields["text"] == ["Another thing she said"]
    asha.when_i_press("Save the note")
    asha.then_i_see("Your note stands on one record")
    assert Entry.objects.filter(summary__in=[SAID, "Another thing she said"]).count() == 2
