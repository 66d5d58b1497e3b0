"""Checks as an agency sees them: its list and its answers, signed in; or one answer by a link without an account."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.design_system.words import clock, clock_time
from kith.foundations.drafts.forms_at import fill, keeps_drafts, mark_of, read_mark
from kith.foundations.drafts.rules import fields_kept, size_of
from kith.front_door.actions import answering
from kith.front_door.actions.answering import NoSuchLink, Opened, TooOften
from kith.front_door.checking import CONFIRMED_FOR
from kith.front_door.checks_permissions import check_can_answer
from kith.front_door.forms.checks import AnswerForm, CodeForm
from kith.front_door.presenters.checks import about_in_words, present_check
from kith.front_door.queries.checks import asked_of, check_seen
from kith.subjects.wording import remarks

A_PAGE = 50
CONFIRMED = "kith-check"
SALT = "a code of a check was right"
GUESSES_A_MINUTE = 30
LARGEST_DRAFT = 200_000
WRITTEN = ("known", "worries", "strengths")


@require_safe
@login_required
def checks_asked(request: HttpRequest) -> HttpResponse:
    """What the front door asks of one's own team, by clock."""
    viewer, now = viewer_of(request), timezone.now()
    page = Paginator(asked_of(viewer), A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "pk": check.pk,
            "agency": check.agency.name,
            "asked": check.asked_at,
            "clock": clock(check.due_at, now, done=check.answered_at),
            "about": len(about_in_words(check)),
        }
        for check in page.object_list
    ]
    record(viewer=viewer, action="read-checks-asked", what="Read what the front door asks of their agency", now=now)
    return render(request, "front_door/checks_asked.jinja", {"rows": rows, "shown_page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("An answer to a check")
def check_answer(request: HttpRequest, check_id: int) -> HttpResponse:
    """One question and one's agency's answers to it; another answer is added, never edited."""
    viewer, now = viewer_of(request), timezone.now()
    check = check_seen(check_id)
    if check is None or not viewer.teams.filter(pk=check.team_id).exists():
        raise Http404
    check_can_answer(viewer, check)
    about = {"name": viewer.name, "role": viewer.job_title, "phone": viewer.phone}
    form = fill(request, AnswerForm, initial=about)
    if request.method == "POST" and form.is_valid():
        answering.answer(check_id=check.pk, given=form.answer(), once=mark_of(request), by=viewer, now=now)
        messages.success(request, "Your answer stands. Thank you.")
        return redirect("checks-asked")
    what = f"Read check {check.pk} of {check.agency.name}"
    record(viewer=viewer, action="read-check", what=what, details={"check": check.pk}, now=now)
    shown = {"form": form, "check": present_check(check, now), "by_link": False}
    return render(request, "front_door/checks_answer.jinja", {**shown, "back": {"href": "/checks/", "text": "Checks"}})


Page = Callable[[HttpRequest, str], HttpResponse]


def _link_page(view: Page) -> Page:
    """Never kept by a browser, never found by a search engine; what cannot be opened says only that."""

    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        try:
            response = view(request, token)
        except NoSuchLink:
            too_often = _guesses_too_often(request)  # a link that works is never refused for what others guess
            status = 429 if too_often else 404
            response = render(request, "front_door/checks_link_gone.jinja", {"too_often": too_often}, status=status)
        except TooOften:
            response = render(request, "front_door/checks_link_gone.jinja", {"too_often": True}, status=429)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return answer


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@_link_page
def check_link(request: HttpRequest, token: str) -> HttpResponse:
    """Answer one question without an account. Names show only after the code, where the front door asked for one."""
    opened = answering.open_link(token=token, now=timezone.now())
    if opened.check.confirm and not _is_confirmed(request, opened):
        return _code_page(request, token, opened)
    return _answer_page(request, token, opened)


@login_not_required
@require_POST
@_link_page
def check_link_keep(request: HttpRequest, token: str) -> HttpResponse:
    """What stands in the form, kept on the server while somebody writes. Says when it was kept."""
    now = timezone.now()
    opened = answering.open_link(token=token, now=now)
    if opened.check.confirm and not _is_confirmed(request, opened):
        return HttpResponse(status=401)
    return JsonResponse({"kept": clock_time(now)}) if _keep(request, token) else HttpResponse(status=413)


def _code_page(request: HttpRequest, token: str, opened: Opened) -> HttpResponse:
    now, doing = timezone.now(), request.POST.get("do", "")
    form = CodeForm(request.POST if doing == "confirm" else None)
    if request.method == "POST" and doing == "send":
        answering.send_code(token=token, now=now)
    if request.method == "POST" and doing == "confirm" and form.is_valid():
        if answering.confirm_code(token=token, typed=form.cleaned_data["code"], now=now):
            return _confirmed(redirect(request.path), request.path, opened)
        form.add_error("code", "This is not the code, or it has run out. Try again or ask for another")
    shown = {"form": form, "sent": doing in {"send", "confirm"}, "agency": opened.check.agency.name}
    return render(request, "front_door/checks_link_code.jinja", shown)


def _answer_page(request: HttpRequest, token: str, opened: Opened) -> HttpResponse:
    now, keeping = timezone.now(), request.POST.get("do") == "keep"
    if request.method != "POST":
        return _form_page(request, token, opened, AnswerForm(initial=_typed_before(opened), without_script=True))
    form = AnswerForm(request.POST, without_script=True)
    mark = read_mark(request.POST) or uuid4()
    if not keeping and form.is_valid():
        answering.answer_by_link(token=token, given=form.answer(), once=mark, now=now)
        return render(request, "front_door/checks_link_done.jinja", {"agency": opened.check.agency.name})
    kept = _keep(request, token)
    if keeping:
        words = {key: request.POST.get(key, "") for key in form.fields}
        form = AnswerForm(initial=words, without_script=True)
    shown = {"kept": keeping and kept, "mark": mark, "thoughts": _thoughts(request)}
    return _form_page(request, token, opened, form, **shown)


def _form_page(request: HttpRequest, token: str, opened: Opened, form: AnswerForm, **more: Any) -> HttpResponse:
    check = opened.check
    shown = {
        "form": form,
        "agency": check.agency.name,
        "question": check.question,
        "about": about_in_words(check),
        "clock": clock(check.due_at, timezone.now(), done=check.answered_at),
        "answered": [answer.at for answer in opened.answers],
        "mark": uuid4(),
        "keep_at": f"{request.path}/keep",
        **more,
    }
    return render(request, "front_door/checks_link.jinja", shown)


def _typed_before(opened: Opened) -> dict[str, str]:
    return {name: values[0] for name, values in opened.draft.items() if values}


def _thoughts(request: HttpRequest) -> list[tuple[str, Any]]:
    """Remarks of the language helper on what came back, by field."""
    labels = AnswerForm.base_fields
    made = [(str(labels[name].label), remarks(request.POST.get(name, ""))) for name in WRITTEN]
    return [(label, found) for label, found in made if found]


def _keep(request: HttpRequest, token: str) -> bool:
    fields = {
        name: values for name, values in fields_kept(request.POST.lists()).items() if name in AnswerForm.base_fields
    }
    if size_of(fields) > LARGEST_DRAFT:
        return False
    answering.keep_draft(token=token, fields=fields, now=timezone.now())
    return True


def _is_confirmed(request: HttpRequest, opened: Opened) -> bool:
    held = request.get_signed_cookie(CONFIRMED, default="", salt=SALT, max_age=int(CONFIRMED_FOR.total_seconds()))
    return bool(held) and held == str(opened.link_id)


def _confirmed(response: HttpResponse, path: str, opened: Opened) -> HttpResponse:
    """For two hours this browser need not give the code of this link again."""
    response.set_signed_cookie(
        CONFIRMED,
        str(opened.link_id),
        salt=SALT,
        max_age=int(CONFIRMED_FOR.total_seconds()),
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _guesses_too_often(request: HttpRequest) -> bool:
    """Counts one more link that does not exist, by address and minute, in this process."""
    key = f"check-link-guesses:{request.META.get('REMOTE_ADDR', '')}:{timezone.now():%H%M}"
    guesses = int(cache.get(key, 0)) + 1
    cache.set(key, guesses, 120)
    return guesses > GUESSES_A_MINUTE
