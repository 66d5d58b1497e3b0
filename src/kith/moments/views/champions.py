"""The directory of champions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.drafts.forms_at import fill, keeps_drafts
from kith.moments.actions.champions import end_champion, name_champion, renew_champion
from kith.moments.forms.champions import ChampionForm
from kith.moments.permissions import check_can_see_rota, check_can_tell
from kith.moments.presenters.champions import show_champions
from kith.moments.presenters.tabs import tabs
from kith.moments.queries.champions import champion_numbered
from kith.moments.queries.champions import champions as all_champions


@require_safe
@login_required
def champions(request: HttpRequest) -> HttpResponse:
    """Whom to ring in each agency."""
    viewer = viewer_of(request)
    check_can_see_rota(viewer)
    shown = show_champions(all_champions(), viewer, timezone.localdate())
    return render(request, "moments/champions.jinja", {"kinds": shown, "tabs": tabs(viewer, "champions")})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A champion")
def champion_new(request: HttpRequest) -> HttpResponse:
    """Name one of one's own agency."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_tell(viewer)
    form = fill(request, ChampionForm, today=timezone.localdate(now))
    if request.method != "POST" or not form.is_valid():
        return render(request, "moments/champion_new.jinja", {"form": form, "agency": viewer.agency})
    name_champion(named=form.named(), by=viewer, now=now)
    messages.success(request, "Named. They stand in the directory.")
    return redirect("champions")


@require_POST
@login_required
def champion_renew(request: HttpRequest, champion_id: int) -> HttpResponse:
    """They still are, for another year."""
    renew_champion(champion=_one(champion_id), by=viewer_of(request), now=timezone.now())
    messages.success(request, "Confirmed for a year.")
    return redirect("champions")


@require_POST
@login_required
def champion_end(request: HttpRequest, champion_id: int) -> HttpResponse:
    """They no longer are."""
    end_champion(champion=_one(champion_id), by=viewer_of(request), now=timezone.now())
    messages.success(request, "Taken from the directory. Name somebody else, so that there is somebody to ring.")
    return redirect("champions")


def _one(champion_id: int) -> Any:
    champion = champion_numbered(champion_id)
    if champion is None:
        raise Http404
    return champion
