"""Whether accounts tell of one absence or of two: decided by a person with a reason, and undone the same way."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kith.foundations.access.viewing import viewer_of
from kith.foundations.drafts.forms_at import fill, keeps_drafts
from kith.missing.actions.joining import join, move_back, tell_apart
from kith.missing.forms.episode import BecauseForm, JoinForm
from kith.missing.permissions import check_can_report, check_can_say_back
from kith.missing.queries.episode import account_seen, near
from kith.missing.views.episode import FORMS, frame, the_episode


@require_http_methods(FORMS)
@login_required
@keeps_drafts("These are two absences")
def apart(request: HttpRequest, episode_id: int, account_id: int) -> HttpResponse:
    """The account becomes an absence of its own; or, where a person moved it here, it goes back."""
    viewer, one = viewer_of(request), the_episode(request, episode_id)
    account = account_seen(episode_id, account_id)
    if account is None:
        raise Http404
    check_can_report(viewer)
    form = fill(request, BecauseForm)
    undo = account.moved_from_id is not None
    if request.method == "POST" and form.is_valid():
        act = move_back if undo else tell_apart
        to = act(account_id=account_id, because=form.cleaned_data["because"], by=viewer, now=timezone.now())
        messages.success(request, f"{account.agency.name}’s account stands on {to.reference} now.")
        return redirect("missing-episode", to.pk)
    shown = {"form": form, "account": account, "undo": undo, **frame(request, one)}
    shown["back"]["href"] = request.path.rsplit("/", 2)[0]
    return render(request, "missing/apart.jinja", shown)


@require_http_methods(FORMS)
@login_required
@keeps_drafts("These are one absence")
def together(request: HttpRequest, episode_id: int) -> HttpResponse:
    """Every account of this absence goes to another one near it."""
    viewer, one = viewer_of(request), the_episode(request, episode_id)
    check_can_say_back(viewer, one)
    others = near(one)
    form = fill(request, JoinForm, near=others)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        into_id = int(said["into"])
        to = join(episode_id=one.pk, into_id=into_id, because=said["because"], by=viewer, now=timezone.now())
        messages.success(request, f"They are one absence now: {to.reference}.")
        return redirect("missing-episode", to.pk)
    return render(request, "missing/together.jinja", {"form": form, "near": others, **frame(request, one)})
