"""Keeping words while somebody writes, and the page of one's own unsent words."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kith.foundations.access.viewing import viewer_of
from kith.foundations.design_system.words import clock_time
from kith.foundations.drafts import actions, queries
from kith.foundations.drafts.actions import FormAt
from kith.foundations.drafts.forms_at import kept_form, read_mark, subjects_of, title_of
from kith.foundations.drafts.presenters import present_drafts
from kith.foundations.drafts.rules import KEPT_FOR, fields_kept

NO_SUCH_FORM, TOO_LARGE = 400, 413


@require_POST
@login_required
def draft_keep(request: HttpRequest) -> HttpResponse:
    """What stands in the form of the address `of`, as the form would send it. When it was kept is said."""
    path, mark, now = request.GET.get("of", ""), read_mark(request.POST), timezone.now()
    if mark is None or kept_form(path) is None:
        return HttpResponse(status=NO_SUCH_FORM)
    fields = fields_kept(request.POST.lists())
    try:
        actions.keep(form=FormAt(path, mark), fields=fields, by=viewer_of(request), now=now)
    except actions.AlreadySent:
        return JsonResponse({"sent": True})
    except actions.TooMuch:
        return HttpResponse(status=TOO_LARGE)
    return JsonResponse({"kept": clock_time(now) if fields else ""})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def drafts(request: HttpRequest) -> HttpResponse:
    """One's own unsent words, with the way to each form; thrown away from here and from the form itself."""
    viewer = viewer_of(request)
    if request.method != "POST":
        shown = {"drafts": present_drafts(queries.unsent(viewer)), "days": KEPT_FOR.days}
        return render(request, "drafts/drafts.jinja", shown)
    draft = queries.draft_numbered(viewer, request.POST.get("throw", ""))
    if draft is None:
        raise Http404
    path = draft.path
    about = {"title": title_of(path), "subjects": subjects_of(path)}
    actions.throw_away(draft=draft, by=viewer, now=timezone.now(), **about)  # type: ignore[arg-type]
    messages.success(request, "The words are thrown away.")
    return redirect(path if request.POST.get("from") == "form" and kept_form(path) else "drafts")
