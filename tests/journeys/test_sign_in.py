"""Signing in: the demonstration's one click, and what each finds there."""

from tests.journeys.story import Story
from tests.support.cast import Cast, let_in, make_person


def test_asha_signs_in_and_is_at_her_desk(story: Story, cast: Cast) -> None:
    let_in(make_person("Amara Osei"), cast.asha)
    story.when_i_open("/")
    story.then_i_am_at("/accounts/login/")
    story.when_i_follow("Choose somebody to sign in as")
    story.then_the_heading_is("Choose who to be")
    story.then_the_page_is_accessible("who to be")
    story.when_i_press("Sign in as Asha")
    story.then_i_am_at("/")
    story.then_i_see("Amara Osei")
    story.then_the_page_is_accessible("desk")


def test_with_the_keyboard_alone(story: Story, cast: Cast) -> None:
    let_in(make_person("Amara Osei"), cast.asha)
    story.when_i_open("/demo/sign-in")
    story.when_i_reach("Sign in as Asha", role="button")
    story.when_i_press_the_keys("Enter")
    story.then_i_am_at("/")
    story.when_i_reach("Amara Osei")


def test_nobody_signed_in_is_asked_to_sign_in_first(story: Story, cast: Cast) -> None:
    amara = make_person("Amara Osei")
    story.when_i_open(f"/records/{amara.pk}/")
    story.then_i_am_at("/accounts/login/")
    story.then_i_do_not_see("Amara")


def test_signing_out_ends_it(story: Story, cast: Cast) -> None:
    story.given_signed_in_as(cast.asha)
    story.when_i_open("/")
    story.page.locator(".kith-header__account summary").click()
    story.when_i_press("Sign out")
    story.when_i_open("/")
    story.then_i_am_at("/accounts/login/")
