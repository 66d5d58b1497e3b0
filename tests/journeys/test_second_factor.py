"""Setting up something only you have, and signing in with it: a passkey, an app, a recovery code. Being locked out."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from playwright.sync_api import expect

from kith.foundations.access.models import Viewer
from tests.journeys.story import Story
from tests.support.cast import Cast, let_in, make_person

PASSWORD = "harbour lantern ropewalk"
A_DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def asha(story: Story, cast: Cast, settings: Any) -> Viewer:
    """As in service: a password, and nothing opens without a second factor."""
    settings.DEMO, settings.REQUIRE_SECOND_FACTOR = False, True
    cache.clear()
    story.site = story.site.replace("127.0.0.1", "localhost")  # passkeys belong to a name, never to a number
    cast.asha.set_password(PASSWORD)
    cast.asha.save()
    let_in(make_person("Amara Osei"), cast.asha)
    return cast.asha


def sign_in(story: Story, viewer: Viewer, password: str = PASSWORD) -> None:
    story.when_i_open("/accounts/login/")
    story.when_i_fill("Email", viewer.email)
    story.when_i_fill("Password", password)
    story.page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(story: Story) -> None:
    story.page.locator(".kith-header__account summary").click()
    story.when_i_press("Sign out")
    story.then_i_am_at("/accounts/login/")


def code_of(secret: str) -> str:
    cache.clear()  # a code works once; the next one would come in half a minute
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_a_passkey_is_added_and_signs_in_alone_and_after_a_password(story: Story, asha: Viewer) -> None:
    device = story.context.new_cdp_session(story.page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": A_DEVICE})
    sign_in(story, asha)
    story.then_i_am_at("/accounts/2fa/")
    story.then_i_see("Set up a one-time code or a passkey first", "Something only you have")
    story.then_the_page_is_accessible("nothing set up")
    story.when_i_follow("Add a passkey")
    story.then_the_heading_is("Add a passkey")
    story.then_the_page_is_accessible("add a passkey")
    story.then_i_do_not_see("Master key")
    story.when_i_choose("Sign in with it alone, without my password")
    story.when_i_press("Add it")
    story.then_i_am_at("/accounts/2fa/recovery-codes/")
    story.then_the_page_is_accessible("recovery codes")
    story.when_i_open("/accounts/2fa/")
    story.then_i_see("1 passkey", "10 left")
    story.then_the_page_is_accessible("passkey set up")
    story.when_i_follow("Change passkeys")
    story.then_the_heading_is("Your passkeys")
    story.then_the_page_is_accessible("passkeys")
    sign_out(story)
    story.then_i_do_not_see("Remember")
    story.then_the_page_is_accessible("sign in")
    story.when_i_press("Sign in with a passkey")
    story.then_i_am_at("/")
    story.then_i_see("Amara Osei")
    sign_out(story)
    sign_in(story, asha)
    story.then_i_am_at("/accounts/2fa/authenticate/")
    story.then_the_page_is_accessible("password given")
    story.when_i_press("Use a passkey")
    story.then_i_am_at("/")
    story.then_i_see("Amara Osei")


def test_an_app_is_set_up_and_its_code_signs_in_and_so_does_a_recovery_code(story: Story, asha: Viewer) -> None:
    sign_in(story, asha)
    story.when_i_follow("Set up an authenticator app")
    story.then_the_heading_is("Set up an authenticator app")
    assert story.page.locator(".kith-qr").evaluate("picture => picture.complete && picture.naturalWidth > 0")
    story.then_the_page_is_accessible("set up an app")
    secret = story.page.locator("main code").inner_text()
    story.when_i_fill("code", "000000")
    story.when_i_press("Use this app")
    story.then_there_is_a_problem("Incorrect code")
    story.then_the_page_is_accessible("wrong code")
    assert story.page.locator("main code").inner_text() == secret, "the app would have to be set up again"
    story.when_i_fill("code", code_of(secret))
    story.when_i_press("Use this app")
    story.then_i_am_at("/accounts/2fa/recovery-codes/")
    recovery = story.page.locator("#recovery_codes code").first.inner_text()
    story.then_the_page_is_accessible("recovery codes")
    sign_out(story)
    sign_in(story, asha)
    story.then_the_heading_is("Your code")
    story.then_the_page_is_accessible("your code")
    story.then_i_do_not_see("Use a passkey")  # there is none
    story.when_i_fill("code", code_of(secret))
    story.page.get_by_role("button", name="Sign in", exact=True).click()
    story.then_i_am_at("/")
    sign_out(story)
    sign_in(story, asha)
    story.when_i_fill("code", recovery)
    story.page.get_by_role("button", name="Sign in", exact=True).click()
    story.then_i_am_at("/")
    story.when_i_open("/accounts/2fa/recovery-codes/")
    story.then_i_see("9 of 10 are left")


def test_who_is_locked_out_is_told_what_to_do(story: Story, asha: Viewer) -> None:
    story.expected_statuses.add(429)
    for _ in range(4):
        sign_in(story, asha, "not her password")
        expect(story.page.locator(".govuk-error-summary")).to_contain_text("not correct")
    story.then_the_page_is_accessible("wrong password")
    sign_in(story, asha, "not her password")
    story.then_the_heading_is("Too many tries")
    story.then_i_see("Wait 15 minutes", "choose a new password")
    story.then_the_page_is_accessible("locked out")
    sign_in(story, asha)
    story.then_the_heading_is("Too many tries")
    story.when_i_follow("choose a new password")
    story.then_i_am_at("/accounts/password/reset/")
    story.then_the_page_is_accessible("choose a new password")
