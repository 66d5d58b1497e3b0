"""Leaving at once: nothing of the report stays, and the browser is asked to forget this site."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from kith.doors.views.visiting import forget, public_page

SOMEWHERE_ELSE = "https://www.bbc.co.uk/weather"


@require_safe
@public_page
def leave(request: HttpRequest) -> HttpResponse:
    """To a page that says nothing about who was here. Whoever is signed in stays signed in."""
    forget(request)
    response = HttpResponseRedirect(SOMEWHERE_ELSE)
    response["Referrer-Policy"] = "no-referrer"
    if not request.user.is_authenticated:
        response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        response.delete_cookie(settings.CSRF_COOKIE_NAME)
    return response
