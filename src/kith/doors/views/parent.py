"""A parent or carer adds what they noticed, and reads what is sent to them. Nobody is named on these pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kith.doors.forms.private import ParentForm
from kith.foundations.private_links.actions import Opened, use_up
from kith.missing.actions.follow_ups import answer_follow_up
from kith.missing.queries.follow_ups import message_of

WRONG = 422


def parent_page(request: HttpRequest, secret: str, opened: Opened) -> HttpResponse:
    """One page of questions; sent once."""
    form = ParentForm(request.POST if _sent(request) else None)
    if _sent(request) and form.is_valid():
        answer_follow_up(secret=secret, noticed=form.told(), now=timezone.now())
        return redirect("private", secret=secret)
    return render(request, "doors/parent.jinja", {"form": form}, status=WRONG if form.errors else 200)


def message_page(request: HttpRequest, secret: str, opened: Opened) -> HttpResponse:
    """Words for a parent or carer. The link ends when they say that they have read it."""
    words = message_of(opened)
    if _sent(request):
        use_up(secret=secret, now=timezone.now())
        return redirect("private", secret=secret)
    return render(request, "doors/private_message.jinja", {"words": words})


def _sent(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("do") == "send"
