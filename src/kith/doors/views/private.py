"""A private link: a code first, then the one thing it is for; one page for whatever is unknown, used or expired."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kith.doors.forms.private import CodeForm, LettersForm
from kith.doors.views.child import child_page
from kith.doors.views.parent import message_page, parent_page
from kith.doors.views.report import report_page
from kith.doors.views.visiting import TOO_MANY, may_come_in, public_page
from kith.foundations.private_links.actions import NoSuchLink, Opened, TooOften, confirm_code, open_link, send_code
from kith.foundations.private_links.rules import CONFIRMED_FOR, as_shown, secret_hash

ASKS = ["GET", "HEAD", "POST"]
Page = Callable[[HttpRequest, str, Opened], HttpResponse]
PAGES: Mapping[str, Page] = {
    "parent": parent_page,
    "summary": message_page,
    "reply": message_page,
    "child": child_page,
    "report": report_page,
}
CONFIRMED, DONE = "private", "private-done"  # names of what stands in the session
NOT_THE_CODE = "This is not the code, or it has run out. Try again, or ask for a new one"


@require_http_methods(ASKS)
@public_page
def private(request: HttpRequest, secret: str) -> HttpResponse:
    """Whatever the link is for. In the browser that has just done it, thanks."""
    try:
        opened = open_link(secret=secret, now=timezone.now())
        if opened.asks_for_a_code and not _is_confirmed(request, opened):
            return _code_page(request, secret)
        answer = PAGES[opened.purpose](request, secret, opened)
    except NoSuchLink:
        return _gone(request, secret)
    except TooOften:
        return _too_often(request)
    if answer.status_code == 302:  # it was done
        request.session[DONE] = {"link": secret_hash(secret), "purpose": opened.purpose}
    return answer


@require_http_methods(ASKS)
@public_page
def private_letters(request: HttpRequest) -> HttpResponse:
    """Letters that somebody reads off a screen lead to the same place."""
    form = LettersForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and "/" not in form.cleaned_data["letters"]:
        return redirect("private", secret=as_shown(form.cleaned_data["letters"]))
    return render(request, "doors/private_letters.jinja", {"form": form})


def _code_page(request: HttpRequest, secret: str) -> HttpResponse:
    now, doing = timezone.now(), request.POST.get("do", "")
    form = CodeForm(request.POST if doing == "confirm" else None)
    if doing == "code":
        send_code(secret=secret, now=now)
    if doing == "confirm" and form.is_valid():
        if confirm_code(secret=secret, typed=form.cleaned_data["code"], now=now):
            return _confirmed(request, secret, now)
        form.add_error("code", NOT_THE_CODE)
    return render(request, "doors/private_code.jinja", {"form": form, "sent": doing in {"code", "confirm"}})


def _confirmed(request: HttpRequest, secret: str, now: datetime) -> HttpResponse:
    opened = open_link(secret=secret, now=now)
    known = request.session.get(CONFIRMED, {})
    request.session[CONFIRMED] = {**known, str(opened.link_id): (now + CONFIRMED_FOR).isoformat()}
    answer = redirect("private", secret=secret)
    answer.status_code = 303  # asked for anew, and not yet done
    return answer


def _is_confirmed(request: HttpRequest, opened: Opened) -> bool:
    until = request.session.get(CONFIRMED, {}).get(str(opened.link_id), "")
    return bool(until) and timezone.now() < datetime.fromisoformat(until)


def _gone(request: HttpRequest, secret: str) -> HttpResponse:
    """Thanks in the browser that has just used it; else that it cannot be used, whatever the cause."""
    done = request.session.get(DONE, {})
    if done.get("link") == secret_hash(secret):
        return render(request, "doors/private_done.jinja", {"purpose": done.get("purpose", "")})
    if not may_come_in(request, "follow"):
        return _too_often(request)
    return render(request, "doors/private_gone.jinja", {}, status=404)


def _too_often(request: HttpRequest) -> HttpResponse:
    return render(request, "doors/private_gone.jinja", {"too_often": True}, status=TOO_MANY)
