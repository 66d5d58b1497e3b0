"""Signing in: by address and password with a second factor, for people on the staff list only."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.foundations.access.actions import deactivate, system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.sign_in import signed_in_lately
from kith.foundations.audit.models import AuditEvent
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db
PASSWORD = "harbour lantern ropewalk"


@pytest.fixture(autouse=True)
def _forget_rate_limits() -> None:
    cache.clear()


@pytest.fixture
def asha(cast: Cast) -> Viewer:
    cast.asha.set_password(PASSWORD)
    cast.asha.save()
    return cast.asha


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str):
    return client.post("/accounts/login/", {"login": email, "password": password, **more})


def who(client: Client) -> int | None:
    signed_in = client.session.get("_auth_user_id")
    return int(signed_in) if signed_in else None


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_asha_signs_in_and_it_is_on_the_record(client: Client, asha: Viewer) -> None:
    response = sign_in(client, asha.email.upper())
    assert response.status_code == 302
    assert who(client) == asha.pk
    line = AuditEvent.objects.get(action="sign-in")
    assert (line.viewer_id, line.viewer_name) == (asha.pk, "Asha Rahman")


def test_the_sign_in_page_is_ours(client: Client, db: None) -> None:
    page = BeautifulSoup(client.get("/accounts/login/").content, "html.parser")
    assert page.h1.text == "Sign in"
    assert page.find("input", {"name": "login"})["type"] == "email"
    assert page.find("input", {"name": "csrfmiddlewaretoken"})
    assert page.find("label", {"for": page.find("input", {"name": "password"})["id"]})


def test_a_wrong_password_and_a_wrong_address_read_alike(client: Client, asha: Viewer) -> None:
    one = sign_in(client, asha.email, "wrong").content.decode()
    other = sign_in(client, "nobody@severnmouth.example", "wrong").content.decode()
    said = [BeautifulSoup(page, "html.parser").find(class_="govuk-error-summary").text for page in (one, other)]
    assert said[0] == said[1]
    assert "asha@" not in str(list(AuditEvent.objects.filter(action="sign-in-failed").values()))


def test_five_failures_lock_the_address_out_and_the_right_password_too(client: Client, asha: Viewer) -> None:
    for _ in range(5):
        response = sign_in(client, asha.email, "wrong")
    assert response.status_code == 429
    assert "Too many tries" in response.content.decode()
    sign_in(client, asha.email)
    assert who(client) is None


def test_failures_elsewhere_do_not_lock_asha_out(client: Client, asha: Viewer, cast: Cast) -> None:
    for _ in range(4):
        sign_in(client, cast.ben.email, "wrong")
    sign_in(client, asha.email)
    assert who(client) == asha.pk


def test_nobody_signs_themselves_up_or_changes_their_address(client: Client, asha: Viewer) -> None:
    assert client.get("/accounts/signup/").status_code == 404
    client.force_login(asha)
    assert client.get("/accounts/email/").status_code == 404


def test_a_system_job_cannot_sign_in(client: Client, cast: Cast) -> None:
    loader = system_viewer("loader")
    loader.set_password(PASSWORD)
    loader.save()
    sign_in(client, loader.email)
    assert who(client) is None


def test_without_a_second_factor_every_page_leads_to_setting_one_up(client: Client, asha: Viewer, settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    sign_in(client, asha.email)
    assert client.get("/", follow=True).redirect_chain[-1][0] == "/accounts/2fa/"
    assert client.get("/accounts/2fa/").status_code == 200
    assert client.get("/accounts/").status_code == 200


def test_setting_up_an_app_and_signing_in_with_it(client: Client, asha: Viewer, settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    sign_in(client, asha.email)
    page = client.get("/accounts/2fa/totp/activate/")
    assert page.status_code == 200
    secret = BeautifulSoup(page.content, "html.parser").main.code.text
    done = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert done.status_code == 302, BeautifulSoup(done.content, "html.parser").main.text
    kinds = set(Authenticator.objects.filter(user=asha).values_list("type", flat=True))
    assert kinds == {"totp", "recovery_codes"}
    assert client.get("/accounts/2fa/recovery-codes/").status_code == 200
    cache.clear()  # a code works once
    other = Client()
    assert sign_in(other, asha.email).url == "/accounts/2fa/authenticate/"
    assert who(other) is None
    assert "Your code" in other.get("/accounts/2fa/authenticate/").content.decode()
    assert other.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    other.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert who(other) == asha.pk


def test_a_recovery_code_signs_in_once(client: Client, asha: Viewer) -> None:
    TOTP.activate(asha, "JBSWY3DPEHPK3PXP")
    code = RecoveryCodes.activate(asha).get_unused_codes()[0]
    sign_in(client, asha.email)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert who(client) == asha.pk
    other = Client()
    sign_in(other, asha.email)
    other.post("/accounts/2fa/authenticate/", {"code": code})
    assert who(other) is None


def test_every_page_of_ones_own_sign_in_is_drawn_in_our_layout(client: Client, asha: Viewer) -> None:
    sign_in(client, asha.email)
    for page in ("", "2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/", "password/change/",
                 "sessions/", "logout/", "reauthenticate/"):  # fmt: skip
        soup = BeautifulSoup(client.get(f"/accounts/{page}").content, "html.parser")
        assert soup.find(class_="kith-header"), page
        assert soup.h1, page
    for page in ("password/reset/", "password/reset/done/", "inactive/", "password/reset/key/done/"):
        soup = BeautifulSoup(Client().get(f"/accounts/{page}").content, "html.parser")
        assert soup.find(class_="kith-header"), page


def test_choosing_a_password_by_the_link_in_the_mail(client: Client, cast: Cast, mailoutbox) -> None:
    client.post("/accounts/password/reset/", {"email": cast.ben.email})
    link = next(word for word in mailoutbox[0].body.split() if "/password/reset/key/" in word)
    page = client.get(link.removeprefix("http://testserver").removeprefix("http://example.com"), follow=True)
    assert "Choose a new password" in page.content.decode()
    client.post(page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    other = Client()
    sign_in(other, cast.ben.email)
    assert who(other) == cast.ben.pk


def test_twenty_minutes_without_a_request_end_the_session(client: Client, asha: Viewer, time_machine) -> None:
    start = timezone.now()
    sign_in(client, asha.email)
    for minutes in (10, 25):
        time_machine.move_to(start + timedelta(minutes=minutes))
        assert client.get("/accounts/").status_code == 200
    time_machine.move_to(start + timedelta(minutes=46))
    response = client.get("/accounts/")
    assert response.url == "/accounts/login/?next=%2Faccounts%2F"
    assert who(client) is None
    assert "nothing happened for 20 minutes" in client.get(response.url).content.decode()


def test_a_working_day_ends_the_session_whatever_happens(client: Client, asha: Viewer, time_machine) -> None:
    start = timezone.now()
    sign_in(client, asha.email)
    for quarter in range(48):
        time_machine.move_to(start + timedelta(minutes=15 * quarter + 1))
        client.get("/accounts/still-here")
    assert who(client) == asha.pk
    time_machine.move_to(start + timedelta(hours=12, minutes=6))
    client.get("/accounts/still-here")
    assert who(client) is None


def test_signing_out_everywhere_else(client: Client, asha: Viewer) -> None:
    other = Client()
    sign_in(client, asha.email)
    sign_in(other, asha.email)
    assert UserSession.objects.filter(user=asha).count() == 2
    client.post("/accounts/sessions/")
    assert client.get("/accounts/").status_code == 200
    assert other.get("/accounts/").status_code == 302


def test_ending_somebodys_access_ends_their_sessions_at_once(client: Client, asha: Viewer, cast: Cast) -> None:
    sign_in(client, asha.email)
    deactivate(viewer=asha, because="Left", by=cast.idris, now=timezone.now())
    assert client.get("/accounts/").status_code == 302
    sign_in(client, asha.email)
    assert who(client) is None


@require_safe
@signed_in_lately
def an_export(request):
    from django.http import HttpResponse

    return HttpResponse("rows")


def test_an_export_asks_for_the_password_again_after_some_minutes(client, asha, time_machine, settings) -> None:
    from django.urls import path

    import kith.config.urls as urls

    settings.ROOT_URLCONF = type("Urls", (), {"urlpatterns": [*urls.urlpatterns, path("an-export", an_export)]})
    start = timezone.now()
    sign_in(client, asha.email)
    assert client.get("/an-export").content == b"rows"
    time_machine.move_to(start + timedelta(minutes=11))
    assert client.get("/an-export").url == "/accounts/reauthenticate/?next=%2Fan-export"
    assert "Is it still you?" in client.get("/accounts/reauthenticate/").content.decode()
    assert client.post("/accounts/reauthenticate/", {"password": "wrong"}).status_code == 200
    again = client.post("/accounts/reauthenticate/?next=/an-export", {"password": PASSWORD})
    assert again.url == "/an-export"
    assert client.get("/an-export").content == b"rows"


def test_the_demonstration_signs_in_with_one_click(client: Client, cast: Cast, settings) -> None:
    settings.DEMO = True
    page = BeautifulSoup(client.get("/demo/sign-in").content, "html.parser")
    names = [button.text.strip() for button in page.find_all("button", {"name": "person"})]
    assert names == [f"Sign in as {viewer.get_short_name()}" for viewer in cast.everybody()]
    client.post("/demo/sign-in", {"person": cast.carol.pk, "next": "//evil.example/"})
    assert who(client) == cast.carol.pk
    assert AuditEvent.objects.filter(action="sign-in", viewer_id=cast.carol.pk).exists()


@pytest.mark.parametrize("method", ["get", "post", "head", "put", "delete"])
def test_outside_the_demonstration_there_is_no_such_page(client: Client, cast: Cast, settings, method: str) -> None:
    assert settings.DEMO is False
    response = getattr(client, method)("/demo/sign-in", {"person": cast.asha.pk})
    assert response.status_code in ({404, 405} if method in {"put", "delete"} else {404})
    assert who(client) is None


def test_the_demonstration_needs_the_forms_own_mark(cast: Cast, settings) -> None:
    settings.DEMO = True
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/demo/sign-in", {"person": cast.asha.pk}).status_code == 403


def test_a_system_job_is_not_among_the_cast(client: Client, cast: Cast, settings) -> None:
    settings.DEMO = True
    assert client.post("/demo/sign-in", {"person": cast.loader.pk}).status_code == 404


def test_passkeys_have_a_place(client: Client, db: None) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert 'id="passkey_login"' in page
    assert client.get("/accounts/2fa/webauthn/login/", HTTP_ACCEPT="application/json").json()["request_options"]
