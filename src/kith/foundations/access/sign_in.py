"""How staff sign in: nobody signs themselves up; people are added by an administrator."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from axes.helpers import get_failure_limit
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kith.foundations.access.models import Viewer
from kith.foundations.access.rules import Role
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's behaviour, without open sign-up; each sign-in, and each failed one, is on the record."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": "Too many tries. Wait a minute, then try again or choose a new password.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Viewer, **kwargs: Any) -> HttpResponse | None:
        """Whatever password it may have been given, a system job does not sign in."""
        if user.role == Role.SYSTEM.value:
            refused: HttpResponse = self.respond_user_inactive(request, user)
            return refused
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def post_login(self, request: HttpRequest, user: Viewer, **kwargs: Any) -> HttpResponse:
        record_authentication(request, user, method="sign-in", reauthenticated=True)  # fresh for some minutes
        note_sign_in(request, user)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """The address is kept only where it is somebody's: people type passwords into the wrong box."""
        email = str(credentials.get("email") or "").lower()
        known = Viewer.objects.filter(email=email).values_list("pk", flat=True).first()
        details = {"account": known}
        record(viewer=None, action="sign-in-failed", what="Failed to sign in", details=details, now=timezone.now())

    def reauthenticate(self, user: Viewer, password: str) -> bool:
        """By the address on the staff list: there is no other."""
        return bool(authenticate(self.request, email=user.email, password=password))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """allauth's second factors, a passkey called what it is."""

    def generate_authenticator_name(self, user: Viewer, type: str) -> str:
        """What a new passkey is called until its owner says otherwise."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "My passkey" if number == 1 else f"My passkey {number}"


class StaffBackend(AuthenticationBackend):  # type: ignore[misc]
    """Signing in by address and password, for people only: a system job is nobody who could sign in."""

    def user_can_authenticate(self, user: Viewer) -> bool:
        return bool(super().user_can_authenticate(user)) and user.role != Role.SYSTEM.value


def note_sign_in(request: HttpRequest, user: Viewer) -> None:
    """Write a sign-in down, in the name of who signed in."""
    method = "demo" if request.session.get("demo") else "password or passkey"
    with viewing_as(user):
        record(viewer=user, action="sign-in", what="Signed in", details={"by": method}, now=timezone.now())


def address_typed(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str | None:
    """The address that was tried, in lower case, for counting failures (the setting AXES_USERNAME_CALLABLE)."""
    given = (credentials or {}).get("email") or (credentials or {}).get("username")
    if not given and request is not None:
        given = request.POST.get("login")
    return str(given).lower() if given else None


def locked_out(request: HttpRequest, credentials: Any = None, *args: Any, **kwargs: Any) -> HttpResponse:
    """What is shown after too many failures (the setting AXES_LOCKOUT_CALLABLE)."""
    minutes = round(float(settings.AXES_COOLOFF_TIME) * 60)
    context = {"minutes": minutes, "failures": get_failure_limit(request, credentials)}
    return render(request, "access/locked_out.jinja", context, status=429)


def _outside_the_demonstration(request: HttpRequest) -> bool:
    """In the demonstration people sign in with one click and have no password to give again."""
    return not (settings.DEMO and request.session.get("demo"))


def signed_in_lately(view: Any) -> Any:
    """Asks for the password or passkey again before an export, unless it was given in the last minutes."""
    return reauthentication_required(view, enabled=_outside_the_demonstration)
