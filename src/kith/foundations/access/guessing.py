"""Whoever tries secrets that are not theirs is told to wait: for systems with keys, as for people who sign in."""

from __future__ import annotations

from allauth.core.ratelimit import consume
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off, get_failure_limit
from django.http import HttpRequest

MINUTE = 60


def count_wrong(request: HttpRequest, *, who: str) -> tuple[int, bool]:
    """One more wrong try as `who`: in how many seconds to try again (0: at once), and whether it is to be told of.

    The limits are those of signing in: so many in a minute from one address, and AXES_FAILURE_LIMIT as one name from
    one address. What is beyond them is not told of again: nobody can flood the audit with it.
    """
    bare = _without_words(request)
    if not consume(bare, action="key_failed"):
        return MINUTE, False
    as_whom = {"username": who}
    AxesProxyHandler.user_login_failed(__name__, as_whom, bare)
    failures, most = int(getattr(bare, "axes_failures_since_start", None) or 0), get_failure_limit(bare, as_whom)
    rest = get_cool_off(bare)
    return (int(rest.total_seconds()) if rest and failures >= most else 0), failures <= most


def _without_words(request: HttpRequest) -> HttpRequest:
    """The same address and nothing else that was sent: of a call with a wrong key no word is kept."""
    bare = HttpRequest()
    bare.method, bare.path = "POST", request.path
    bare.META = {name: value for name, value in request.META.items() if name == "REMOTE_ADDR" or "FORWARDED" in name}
    return bare
