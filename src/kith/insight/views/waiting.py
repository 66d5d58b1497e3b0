"""Instead of a page that needs a cut: how far the first one is, while it is being made."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kith.insight.queries.under_way import how_far, is_any_made

LOOK_AGAIN = 3  # seconds
View = Callable[..., HttpResponse]


def waits_for_the_first_cut(view: View) -> View:
    """Whoever may open the page reads, until there is a cut, how far the first is; the browser looks again by itself.

    Who may open it is the page's own to say, so it is asked first.
    """

    @wraps(view)
    def answer(request: HttpRequest, *given: object, **named: object) -> HttpResponse:
        try:
            response = view(request, *given, **named)
        except Http404:
            if waiting := _waiting(request):
                return waiting
            raise
        return _waiting(request) or response

    return answer


def _waiting(request: HttpRequest) -> HttpResponse | None:
    if request.method == "POST" or is_any_made():
        return None
    far = how_far()
    if far is None:
        return None
    response = render(request, "insight/first_cut.jinja", {"far": far})
    response["Refresh"] = str(LOOK_AGAIN)
    return response
