"""The advice line: the list, one consultation, and logging one."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, keeps_drafts, mark_of
from kith.front_door.actions.advice import log_consultation, oversee, rung_back
from kith.front_door.checks_permissions import check_can_ask
from kith.front_door.forms.advice import AdviceFilterForm, ConsultationForm, OversightForm, RungBackForm
from kith.front_door.presenters.advice import present_consultation
from kith.front_door.presenters.tabs import tabs
from kith.front_door.queries.advice import (
    advice_volumes,
    agencies_that_asked,
    consultation_seen,
    consultations,
    not_yet_seen,
)
from kith.front_door.queries.attendance import agencies_known

A_PAGE = 25


@require_safe
@login_required
def advice(request: HttpRequest) -> HttpResponse:
    """Consultations, newest first, narrowed as asked; how many wait for a manager; volumes."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_ask(viewer)
    form = AdviceFilterForm(request.GET, agencies=agencies_that_asked())
    form.is_valid()
    wanted = form.chosen()
    page = Paginator(consultations(wanted, viewer.pk), A_PAGE).get_page(request.GET.get("page"))
    record(viewer=viewer, action="read-consultations", what="Read the advice line's list", now=now)
    kept = [(k, v) for k, values in request.GET.lists() if k in form.fields for v in values if v]
    shown = {
        "tabs": tabs("Advice line"),
        "form": form,
        "rows": [present_consultation(row, viewer, now) for row in page.object_list],
        "shown_page": page,
        "chosen": [
            {"text": form.in_words(*one), "href": "?" + urlencode([other for other in kept if other != one])}
            for one in kept
        ],
        "asked": urlencode(kept),
        "unseen": not_yet_seen(),
        "volumes": advice_volumes(),
    }
    return render(request, "front_door/advice_list.jinja", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A consultation")
def advice_new(request: HttpRequest) -> HttpResponse:
    """Log one. With nobody named, nothing is looked up."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_ask(viewer)
    form = fill(request, ConsultationForm, agencies=agencies_known(), today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        row = log_consultation(consulted=form.consulted(), once=mark_of(request), by=viewer, now=now)
        messages.success(request, f"Logged as {row.reference}.")
        return redirect("consultation", row.pk)
    return render(request, "front_door/advice_new.jinja", {"form": form, "back": _back()})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("What was said on a consultation")
def consultation(request: HttpRequest, consultation_id: int) -> HttpResponse:
    """One consultation; ring back, and a manager's oversight."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_ask(viewer)
    row = consultation_seen(consultation_id)
    if row is None:
        raise Http404
    doing = request.POST.get("do", "")
    typed = request.method != "POST"  # words put back stand in the form they were typed into
    seen = fill(request, OversightForm) if typed or doing == "oversee" else OversightForm()
    rung = fill(request, RungBackForm) if typed or doing == "ring-back" else RungBackForm()
    if doing == "oversee" and seen.is_valid():
        oversee(consultation_id=row.pk, comment=seen.cleaned_data["comment"], by=viewer, now=now)
        return redirect("consultation", row.pk)
    if doing == "ring-back" and rung.is_valid():
        rung_back(consultation_id=row.pk, note=rung.cleaned_data["note"], by=viewer, now=now)
        return redirect("consultation", row.pk)
    what = f"Read consultation {row.reference}"
    record(viewer=viewer, action="read-consultation", what=what, details={"consultation": row.pk}, now=now)
    shown = {"one": present_consultation(row, viewer, now), "seen": seen, "rung": rung, "back": _back()}
    form = seen if seen.errors else rung
    return render(request, "front_door/advice_one.jinja", {**shown, "form": form})


def _back() -> dict[str, str]:
    return {"href": "/front-door/advice", "text": "Advice line"}
