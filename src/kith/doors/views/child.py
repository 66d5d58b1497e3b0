"""A child's own words, on their own device. The page shows no name and nothing of any record."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kith.doors.forms.private import ChildForm
from kith.foundations.private_links.actions import Opened
from kith.missing.actions.alone import tell_alone

WRONG = 422


def child_page(request: HttpRequest, secret: str, opened: Opened) -> HttpResponse:
    """One page of questions; sent once."""
    sent = request.method == "POST" and request.POST.get("do") == "send"
    form = ChildForm(request.POST if sent else None)
    if sent and form.is_valid():
        tell_alone(secret=secret, said=form.told(), now=timezone.now())
        return redirect("private", secret=secret)
    return render(request, "doors/child.jinja", {"form": form}, status=WRONG if form.errors else 200)
