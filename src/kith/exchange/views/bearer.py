"""The one way in for another agency's system: by its key, and by nothing else.

A page is guarded against forged requests because browsers send cookies along by themselves. Here no cookie counts: a
request that carries one is refused, no session is read, and without the key in its header nothing is done. So nobody's
browser can be made to call, and this is the only place in Kith whose views are exempt from that guard.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from kith.exchange.actions.keys import Caller, NoSuchKey, TooMany, note_wrong_key, use_key
from kith.exchange.rules.keys import read_key
from kith.exchange.views.problems import Problem, problem
from kith.foundations.access.guessing import count_wrong
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.audit.actions import record

View = Callable[..., HttpResponse]
NO_KEY = "Send the key of your system in the header: Authorization: Bearer kithkey_…"
WRONG_KEY = "There is no such key. See that it was copied whole, or ask whoever runs Kith for another."
TOO_MANY_WRONG = "Too many calls with a wrong key. Call again in {} seconds, with the right one."
NO_COOKIES = "This address takes no cookies. Send the key alone."


def for_systems(**views: View) -> View:
    """One address, by its methods: `for_systems(GET=read, POST=take)`. Each view is given the caller.

    Whatever is wrong is answered as application/problem+json, and nothing of it is kept in any cache.
    """

    def answer(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        try:
            caller = _caller(request)
            view = views.get(request.method or "")
            if view is None:
                raise Problem(405, f"This address takes {' and '.join(views)}.", headers={"Allow": ", ".join(views)})
            response = view(request, *given, caller=caller, **named)
        except Problem as wrong:
            response = problem(wrong)
        except NotAllowed as refused:
            response = problem(Problem(403, str(refused)))
        response["Cache-Control"] = "no-store, private"
        return response

    return login_not_required(csrf_exempt(wraps(next(iter(views.values())))(answer)))


def _caller(request: HttpRequest) -> Caller:
    scheme, _, said = request.headers.get("Authorization", "").partition(" ")
    shown = read_key(said.strip()) if scheme.lower() == "bearer" else None
    if shown is None and not said:
        raise Problem(401, NO_KEY, headers={"WWW-Authenticate": 'Bearer realm="Kith"'})
    if shown is None:
        raise _wrong(request, "")
    if request.headers.get("Cookie"):
        raise Problem(400, NO_COOKIES)
    try:
        return use_key(shown=shown, now=timezone.now())
    except NoSuchKey:
        raise _wrong(request, shown.handle) from None
    except TooMany as many:
        raise Problem(429, str(many), headers={"Retry-After": str(many.wait)}) from None
    except NotAllowed as refused:
        what = f"Refused a call with the key {shown.handle}"
        record(viewer=None, action="refused", what=what, because=str(refused), now=timezone.now())
        raise Problem(403, str(refused)) from None


def _wrong(request: HttpRequest, handle: str) -> Problem:
    """What is answered to a wrong key, and after many of them.

    A right key is always let through, also from there: 256 random bits are not guessed, and whoever knows the open
    part of a key must not be able to shut the police's system out.
    """
    wait, is_told = count_wrong(request, who=f"key:{handle}")
    if is_told:
        note_wrong_key(handle=handle, wait=wait, by=None, now=timezone.now())
    if wait:
        return Problem(429, TOO_MANY_WRONG.format(wait), headers={"Retry-After": str(wait)})
    return Problem(401, WRONG_KEY, headers={"WWW-Authenticate": 'Bearer realm="Kith", error="invalid_token"'})
