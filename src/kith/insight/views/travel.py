"""Places to travel from, and journeys: what is told of them, drawn, as tables and as files."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.insight.permissions import can_analyse, check_see_figures
from kith.insight.presenters.cuts import show_top
from kith.insight.presenters.travel import Travel, show_travel
from kith.insight.queries.cuts import cut_or_none, latest_cut
from kith.insight.views.waiting import waits_for_the_first_cut

TABLES = ("chart", "kinds", "journeys", "ways")


@require_safe
@login_required
@waits_for_the_first_cut
def travel_page(request: HttpRequest) -> HttpResponse:
    """By kind of place to travel from: events, children found, referrals; and from where to where."""
    check_see_figures(viewer_of(request))
    cut = cut_or_none(request.GET.get("cut", "")) or latest_cut()
    shown = {
        "top": show_top(cut, timezone.localdate()) if cut else None,
        "page": _page(request) if cut else None,
        "cut": request.GET.get("cut", "")[:40],
        "may_analyse": can_analyse(viewer_of(request)),
    }
    return render(request, "insight/travel.jinja", shown)


@require_safe
@login_required
def travel_csv(request: HttpRequest, table: str) -> HttpResponse:
    """One of the tables as a file: taken away on record."""
    check_see_figures(viewer_of(request))
    cut, page = cut_or_none(request.GET.get("cut", "")) or latest_cut(), _page(request)
    tables = (
        {"chart": page.picture.table(), "kinds": page.kinds, "journeys": page.journeys, "ways": page.ways}
        if page
        else {}
    )
    found = tables.get(table)
    if cut is None or found is None:
        raise Http404
    what = f"Took away places to travel from: “{found.caption}”, cut {cut.name}"
    record(viewer=viewer_of(request), action="export-figures", what=what, now=timezone.now())
    response = HttpResponse(found.csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="travel-{table}-{cut.as_at}.csv"'
    return response


def _page(request: HttpRequest) -> Travel | None:
    cut = cut_or_none(request.GET.get("cut", "")) or latest_cut()
    localities = [one.name for one in settings.PARTNERSHIP.localities]
    return show_travel(cut, request.GET.get("theme", ""), localities) if cut else None
