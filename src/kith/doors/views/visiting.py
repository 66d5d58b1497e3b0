"""Whoever visits without an account: their report so far, where they knock from, what every such page carries."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kith.doors import actions, queries
from kith.doors.rules import Typed, what_is_kept

TOKEN = "told"  # noqa: S105 (the name of a session's value)
TOO_MANY = 429
View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """For anybody, kept by no cache, found by no search engine, telling no other site where somebody came from."""

    @wraps(view)
    def answered(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        response = view(request, *given, **named)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response.setdefault("Referrer-Policy", "same-origin")  # a form's own site must see that it was ours (CSRF)
        return response

    return login_not_required(answered)  # type: ignore[no-any-return,unused-ignore]


def may_come_in(request: HttpRequest, door: str) -> bool:
    """Counts this request among those from where it came."""
    return actions.knock(door=door, address=_address(request), by=queries.the_doors(), now=timezone.now())


def token_of(request: HttpRequest) -> str:
    return str(request.session.get(TOKEN, ""))


def forget(request: HttpRequest) -> None:
    """The report's words go, and so does the session; whoever is signed in stays so."""
    if token := token_of(request):
        actions.throw_away(token=token, by=queries.the_doors(), now=timezone.now())
    if request.user.is_authenticated:
        request.session.pop(TOKEN, None)
    elif not request.session.is_empty():
        request.session.flush()


def keep_typed(request: HttpRequest, page: str, *, posted: bool = True) -> tuple[bool, tuple[str, ...]]:
    """Keeps what was sent from a page, or stands there (`posted` False). Whether there is such a report, and what was
    too long to be kept whole.
    """
    kept = what_is_kept(request.POST.lists())
    typed: Typed = kept.typed
    given: dict[str, Any] = {"token": token_of(request), "page": page, "mark": request.POST.get("once", "")[:40]}
    by, now = queries.the_doors(), timezone.now()
    stands = actions.keep(typed=typed, posted=posted, by=by, now=now, **given)
    return stands, kept.cut


def too_many(request: HttpRequest, back: str) -> HttpResponse:
    """Too much at once from one source: in words, with the number to ring, and the way back to what was kept."""
    response = render(request, "doors/too_many.jinja", {"back_to": back}, status=TOO_MANY)
    response["Retry-After"] = "60"
    return response


def _address(request: HttpRequest) -> str:
    """Where a request came from; behind a proxy, what the proxy itself wrote last."""
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return forwarded if forwarded and settings.SECURE_PROXY_SSL_HEADER else str(request.META.get("REMOTE_ADDR", ""))
