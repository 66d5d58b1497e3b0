"""Staying signed in: for how long without doing anything, and never without a second factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

SEEN = "seen_at"
SIGNED_IN = "signed_in_at"
NOTED_EVERY = 30  # seconds: how exactly it is kept when somebody last did something
WITHOUT_SECOND_FACTOR = {
    "account",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "still-here",
    "theme",
    "usersessions_list",
}
TIMED_OUT = "You were signed out because nothing happened for {} minutes. Sign in to go on."
WORDS_KEPT = "What you had just sent is kept for you. Sign in, and you can put it back into the form."
KeepWords = Callable[[HttpRequest], str | None]


class IdleMiddleware:
    """Signs somebody out after some minutes without a request, and in any case after a working day.

    What a script asks by itself (`UNASKED_PATHS`) is no sign that anybody is there. What somebody sent as their time
    ran out is handed to `BEFORE_TIME_OUT` first, which says where to lead them after they signed in again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.keep_words: KeepWords = import_string(settings.BEFORE_TIME_OUT)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in settings.UNVIEWED_PATHS or not request.user.is_authenticated:
            return self.get_response(request)
        now = timezone.now().timestamp()
        if _is_over(request.session, now):
            return self._sign_out(request)
        if request.path in settings.UNASKED_PATHS:
            return self.get_response(request)
        if now - request.session.get(SEEN, 0) > NOTED_EVERY:
            request.session[SEEN] = now
        request.session.setdefault(SIGNED_IN, now)
        return self.get_response(request)

    def _sign_out(self, request: HttpRequest) -> HttpResponse:
        """What a script asked is told so, and the page it asked for asks again as a whole; that ends the session."""
        kept_at = self.keep_words(request) if request.method == "POST" else None
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Trigger": "time-is-over"})
        if request.path in settings.UNASKED_PATHS:
            return HttpResponse(status=401 if kept_at else 403)
        back = request.get_full_path() if request.method == "GET" else kept_at or "/"
        logout(request)
        messages.info(request, TIMED_OUT.format(settings.KITH_IDLE_SECONDS // 60))
        if kept_at:
            messages.info(request, WORDS_KEPT)
        address = f"{reverse('account_login')}?{urlencode({'next': back})}"
        return HttpResponseRedirect(address)


class SecondFactorMiddleware:
    """Leads staff who have no one-time code or passkey yet to the page where they set one up, and nowhere else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Any page but those of signing in itself."""
        if not settings.REQUIRE_SECOND_FACTOR or not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in WITHOUT_SECOND_FACTOR or name.startswith("mfa_") or has_second_factor(request.user):
            return None
        messages.info(request, "Set up a one-time code or a passkey first. It takes about two minutes.")
        return HttpResponseRedirect(reverse("mfa_index"))


def has_second_factor(user: Any) -> bool:
    """Whether somebody has a one-time code or a passkey (recovery codes alone do not count)."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=kinds).exists())


def own_sign_in(user: Any) -> dict[str, Any]:
    """What somebody has set up, and in how many places they are signed in."""
    codes = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES)
    return {
        "second_factor": has_second_factor(user),
        "recovery_codes": codes.exists(),
        "sessions": UserSession.objects.filter(user_id=user.pk).count(),
    }


def _is_over(session: Any, now: float) -> bool:
    idle, since_sign_in = now - session.get(SEEN, now), now - session.get(SIGNED_IN, now)
    return bool(idle > settings.KITH_IDLE_SECONDS or since_sign_in > settings.SESSION_COOKIE_AGE)
