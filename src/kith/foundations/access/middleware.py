"""Every request is answered inside one transaction that knows who is looking."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.rules import Role
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record, request_id_now

REFUSED = {403, 404}
LARGEST_NUMBER = 2**63 - 1
log = logging.getLogger(__name__)


class ViewerMiddleware:
    """Sets the viewer for row security, and answers the request before the transaction ends.

    What fails is rolled back whole, then written down by itself: an error, or a page that was not there for them.
    Pages that need no viewer (`UNVIEWED_PATHS`) are answered without one: they can see no row.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in settings.UNVIEWED_PATHS:
            return self.get_response(request)
        token = request_id_now.set(uuid.uuid4().hex)
        try:
            return self._answer(request, _viewer_of(request))
        finally:
            request_id_now.reset(token)

    def _answer(self, request: HttpRequest, viewer: Viewer | None) -> HttpResponseBase:
        with viewing_as(viewer):
            response = self.get_response(request)
            if getattr(request, "failure", None) or response.status_code >= 500:
                transaction.set_rollback(True)
        if response.status_code >= 500 or (viewer and response.status_code in REFUSED):
            _write_down(request, viewer, response.status_code)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What is not allowed becomes a page that says so; anything unforeseen undoes the whole request."""
        if isinstance(exception, NotAllowed):
            request.failure = exception  # type: ignore[attr-defined]
            return render(request, "access/not_allowed.jinja", {"sentence": str(exception)}, status=403)
        if not isinstance(exception, Http404 | PermissionDenied):
            request.failure = exception  # type: ignore[attr-defined]
        return None


def _viewer_of(request: HttpRequest) -> Viewer | None:
    """Who is signed in. A system job never is, whatever a session may say."""
    user: Any = request.user
    return user if user.is_authenticated and user.role != Role.SYSTEM.value else None


def _write_down(request: HttpRequest, viewer: Viewer | None, status: int) -> None:
    """One line, in a transaction of its own: which page, which numbers in its address, what kind of failure."""
    match = request.resolver_match
    numbers = {key: value for key, value in (match.kwargs if match else {}).items() if _is_number(value)}
    failure = getattr(request, "failure", None)
    details = {"status": status, "method": request.method, "numbers": numbers}
    if failure is not None:
        details["failure"] = type(failure).__name__
    what = f"{'Failed' if status >= 500 else 'Not there for them'}: {match.view_name if match else 'no such page'}"
    subjects = [numbers["subject_id"]] if "subject_id" in numbers else []
    action = "error" if status >= 500 else "refused"
    try:
        with viewing_as(viewer):
            record(viewer=viewer, action=action, subjects=subjects, what=what, details=details, now=timezone.now())
    except DatabaseError:
        log.exception("The record of who looked could not be written.")


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and 0 <= value <= LARGEST_NUMBER
