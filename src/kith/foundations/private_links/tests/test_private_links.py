"""A private link does one thing once, for whoever it was sent to, and tells nobody else anything."""

import re
from datetime import timedelta

import pytest

from kith.foundations.access.models import Scope
from kith.foundations.access.viewing import viewing_as
from kith.foundations.letters.models import Letter, Text
from kith.foundations.private_links import rules
from kith.foundations.private_links.actions import (
    NoSuchLink,
    To,
    TooOften,
    confirm_code,
    end_links,
    make_link,
    open_link,
    send_code,
    send_link,
    use_up,
)
from kith.foundations.private_links.models import PrivateLink
from tests.support.cast import NOW, Cast, make_circle

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def scope() -> Scope:
    return make_circle()


A_PHONE = To(phone="07700 900123")


def made(scope: Scope, to: To = A_PHONE) -> str:
    return make_link(purpose="parent", about="follow-up:1", to=to, scope=scope, now=NOW)


def code_sent() -> str:
    found = re.search("⟦(.*?)⟧", Text.objects.latest("pk").body)
    assert found
    return found[1]


def test_it_is_opened_and_used_once(cast: Cast, scope: Scope) -> None:
    secret = made(scope)
    opened = open_link(secret=secret, now=NOW)
    assert (opened.purpose, opened.about, opened.asks_for_a_code) == ("parent", "follow-up:1", True)
    use_up(secret=secret, now=NOW)
    for again in (open_link, use_up, send_code):
        with pytest.raises(NoSuchLink):
            again(secret=secret, now=NOW)


def test_after_seven_days_it_is_of_no_use(cast: Cast, scope: Scope) -> None:
    secret = made(scope)
    open_link(secret=secret, now=NOW + timedelta(days=7) - timedelta(seconds=1))
    with pytest.raises(NoSuchLink):
        open_link(secret=secret, now=NOW + timedelta(days=7))


def test_of_no_use_to_anybody_guessing(cast: Cast, scope: Scope) -> None:
    secret = made(scope)
    for guess in ("", secret[:-1], secret.upper(), secret + "=", "\x00", "ü" * 40, rules.secret_hash(secret)):
        with pytest.raises(NoSuchLink):
            open_link(secret=guess, now=NOW)


def test_nothing_of_the_secret_is_kept(cast: Cast, scope: Scope) -> None:
    secret = made(scope)
    row = PrivateLink.objects.get()
    assert secret not in str(vars(row))
    assert row.secret_hash == rules.secret_hash(secret)


def test_a_new_one_ends_the_one_before(cast: Cast, scope: Scope) -> None:
    first, second = made(scope), made(scope)
    with pytest.raises(NoSuchLink):
        open_link(secret=first, now=NOW)
    assert open_link(secret=second, now=NOW)
    assert end_links(purpose="parent", about="follow-up:1", now=NOW) == 1
    with pytest.raises(NoSuchLink):
        open_link(secret=second, now=NOW)


def test_the_code_goes_where_the_link_went_and_works_once(cast: Cast, scope: Scope) -> None:
    secret = made(scope)
    assert not confirm_code(secret=secret, typed="000000", now=NOW)  # none was asked for
    send_code(secret=secret, now=NOW)
    assert Text.objects.latest("pk").to == "07700 900123"
    code = code_sent()
    assert not confirm_code(secret=secret, typed="12", now=NOW)
    assert confirm_code(secret=secret, typed=f"{code[:3]} {code[3:]}", now=NOW)
    assert not confirm_code(secret=secret, typed=code, now=NOW)


def test_a_code_runs_out(cast: Cast, scope: Scope) -> None:
    secret = made(scope, To(email="parent@home.example"))
    send_code(secret=secret, now=NOW)
    found = re.search("⟦(.*?)⟧", Letter.objects.latest("pk").body)
    assert found
    assert not confirm_code(secret=secret, typed=found[1], now=NOW + rules.CODE_LASTS + timedelta(seconds=1))


def test_a_code_may_be_tried_five_times(cast: Cast, scope: Scope) -> None:
    secret = made(scope)
    send_code(secret=secret, now=NOW)
    wrong = "111111" if code_sent() != "111111" else "222222"
    for _ in range(rules.TRIES_A_CODE):
        assert not confirm_code(secret=secret, typed=wrong, now=NOW)
    with pytest.raises(TooOften):
        confirm_code(secret=secret, typed=code_sent(), now=NOW)


def test_too_many_wrong_codes_lock_it_for_good(cast: Cast, scope: Scope) -> None:
    secret = made(scope)
    for turn in range(rules.WRONG_CODES_IN_ALL // rules.TRIES_A_CODE):
        send_code(secret=secret, now=NOW + turn * HOUR)
        wrong = "111111" if code_sent() != "111111" else "222222"
        for _ in range(rules.TRIES_A_CODE):
            confirm_code(secret=secret, typed=wrong, now=NOW + turn * HOUR)
    with pytest.raises(NoSuchLink):
        open_link(secret=secret, now=NOW + 3 * HOUR)


def test_codes_and_openings_are_rationed(cast: Cast, scope: Scope) -> None:
    secret = made(scope)
    for _ in range(rules.CODES_AN_HOUR):
        send_code(secret=secret, now=NOW)
    with pytest.raises(TooOften):
        send_code(secret=secret, now=NOW)
    send_code(secret=secret, now=NOW + HOUR + timedelta(seconds=1))
    for _ in range(rules.OPENINGS_AN_HOUR):
        open_link(secret=secret, now=NOW)
    with pytest.raises(TooOften):
        open_link(secret=secret, now=NOW)


def test_secrets_and_codes_are_compared_in_the_same_time(
    cast: Cast, scope: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, compared = made(scope), []
    usual = rules.hmac.compare_digest
    monkeypatch.setattr(rules.hmac, "compare_digest", lambda one, other: compared.append(one) or usual(one, other))
    open_link(secret=secret, now=NOW)
    assert rules.secret_hash(secret).encode() in compared
    send_code(secret=secret, now=NOW)
    compared.clear()
    confirm_code(secret=secret, typed="123456", now=NOW)
    assert len(compared) == 2


def test_one_that_is_shown_on_a_screen_can_be_typed_and_asks_for_no_code(cast: Cast, scope: Scope) -> None:
    secret = made(scope, To())
    typed = rules.as_shown(f" {secret.lower().replace('-', ' ')} ")
    assert typed == secret
    assert not open_link(secret=typed, now=NOW).asks_for_a_code
    with pytest.raises(NoSuchLink):
        open_link(secret=secret, now=NOW + rules.SHOWN_LASTS)


def test_it_is_sent_in_neutral_words(cast: Cast, scope: Scope) -> None:
    told = {"purpose": "parent", "about": "follow-up:1", "to": To(phone="07700 900123"), "scope": scope}
    words = {"subject": "A message", "words": "You can add something: {link}", "now": NOW}
    assert not send_link(**told, **words)
    assert send_link(**told, **words, site="https://kith.example/")
    assert Text.objects.get().body.startswith("You can add something: ⟦https://kith.example/private/")


def test_nobody_who_signs_in_sees_a_link(cast: Cast, scope: Scope) -> None:
    made(scope)
    for viewer in cast.everybody():
        with viewing_as(viewer):
            assert not PrivateLink.objects.exists()
