"""Calls by other systems that could not be taken: data officers put them right or set them aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.exchange.actions.refused import StillWrong, put_right, set_refused_aside
from kith.exchange.forms import MendForm, NothingForm
from kith.exchange.permissions import check_can_mend
from kith.exchange.presenters.refused import show_refused
from kith.exchange.queries.refused import refused_call, refused_calls, system_of
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, form_page, sent, show

if TYPE_CHECKING:
    from kith.exchange.models import RefusedCall

A_PAGE = 25


@require_safe
@login_required
def refused(request: HttpRequest) -> HttpResponse:
    """Those that wait, the oldest first; on request those that were decided, the latest first."""
    check_can_mend(viewer_of(request))
    decided, now = request.GET.get("show") == "decided", timezone.now()
    page = Paginator(refused_calls(decided=decided), A_PAGE).get_page(request.GET.get("page"))
    shown = {"shown_page": page, "rows": [show_refused(one, now) for one in page], "decided": decided}
    return render(request, "exchange/refused.jinja", shown)


@form_page("A call put right")
def mend(request: HttpRequest, refused_id: int) -> HttpResponse:
    """What was sent, whole, why it was refused, and the words that are taken instead."""
    call = _call(request, refused_id)
    shown = show_refused(call, timezone.now())
    form = fill(request, MendForm, initial={"body": shown.body})
    if sent(request, form):
        try:
            put_right(refused_id=call.pk, text=form.cleaned_data["body"], by=viewer_of(request), now=timezone.now())
        except StillWrong as wrong:
            for one in wrong.said:
                form.add_error("body", one)
        else:
            messages.success(request, "Taken, as if its agency had sent it so. Those who search see it now.")
            return redirect("refused-calls")
    return show(request, "exchange/refused_one.jinja", form, call=shown, system=system_of(call))


@form_page("A call set aside")
def nothing(request: HttpRequest, refused_id: int) -> HttpResponse:
    """Nothing is to be done with it, for a reason."""
    call = _call(request, refused_id)
    form = fill(request, NothingForm)
    if sent(request, form):
        because = form.cleaned_data["because"]
        set_refused_aside(refused_id=call.pk, because=because, by=viewer_of(request), now=timezone.now())
        messages.success(request, "Set aside. It is kept whole, with your reason.")
        return redirect("refused-calls")
    return show(request, "exchange/refused_aside.jinja", form, call=show_refused(call, timezone.now()))


def _call(request: HttpRequest, refused_id: int) -> RefusedCall:
    """Reading what was sent is recorded."""
    viewer = viewer_of(request)
    check_can_mend(viewer)
    call = refused_call(refused_id)
    if call is None:
        raise Http404
    record(viewer=viewer, action="read-refused", what=f"Read refused call {call.pk}", now=timezone.now())
    return call
