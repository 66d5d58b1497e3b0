"""Every request is answered inside one transaction that knows who is looking."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from kith.foundations.access.viewing import viewing_as


class ViewerMiddleware:
    """Sets the viewer for row security, and answers the request before the transaction ends."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        viewer = request.user if request.user.is_authenticated else None
        with viewing_as(viewer):
            return self.get_response(request)
