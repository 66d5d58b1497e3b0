"""Where children live, by locality only: a map, the same as a table, and a file of it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.insight.permissions import can_analyse, check_see_figures
from kith.insight.presenters.cuts import show_top
from kith.insight.presenters.places_live import show_lives
from kith.insight.queries.cuts import cut_or_none, latest_cut
from kith.insight.views.waiting import waits_for_the_first_cut


@require_safe
@login_required
@waits_for_the_first_cut
def live_page(request: HttpRequest) -> HttpResponse:
    """Of children who are exploited, missing or in need: how many live in each part of the area."""
    check_see_figures(viewer_of(request))
    cut = cut_or_none(request.GET.get("cut", "")) or latest_cut()
    if cut is None:
        return render(request, "insight/places_live.jinja", {"top": None})
    shown = {
        "top": show_top(cut, timezone.localdate()),
        "page": show_lives(cut, request.GET.get("measure", "")),
        "cut": request.GET.get("cut", "")[:40],
        "may_analyse": can_analyse(viewer_of(request)),
    }
    return render(request, "insight/places_live.jinja", shown)


@require_safe
@login_required
def live_csv(request: HttpRequest) -> HttpResponse:
    """The table as a file: taken away on record."""
    check_see_figures(viewer_of(request))
    cut = cut_or_none(request.GET.get("cut", "")) or latest_cut()
    page = show_lives(cut, request.GET.get("measure", "")) if cut else None
    if cut is None or page is None or page.picture is None:
        raise Http404
    what = f"Took away where children live: “{page.measure.title}”, cut {cut.name}"
    record(viewer=viewer_of(request), action="export-figures", what=what, now=timezone.now())
    response = HttpResponse(page.picture.csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="live-{page.measure.key}-{cut.as_at}.csv"'
    return response
