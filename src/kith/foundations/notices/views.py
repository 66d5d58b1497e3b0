"""Saying that notices have been seen. They show on the desk."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from kith.foundations.access.viewing import viewer_of
from kith.foundations.notices.actions import mark_seen

MOST = 200


@require_POST
@login_required
def notices_seen(request: HttpRequest) -> HttpResponse:
    """One's own notices that the form names, back to the desk."""
    numbers = [int(n) for n in request.POST.getlist("notice")[:MOST] if n.isascii() and n.isdigit() and len(n) < 19]
    mark_seen(viewer=viewer_of(request), notices=numbers, now=timezone.now())
    return redirect("desk")
