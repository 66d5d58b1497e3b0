"""Figures that are more than a list of measures: who is counted more often, how timely, how able to help, how good."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.charts import Table
from kith.insight.permissions import check_see_figures
from kith.insight.presenters.capacity import as_file as capacity_file
from kith.insight.presenters.capacity import show_capacity
from kith.insight.presenters.cuts import show_top
from kith.insight.presenters.disproportion import as_file as disproportion_file
from kith.insight.presenters.disproportion import show_disproportion
from kith.insight.presenters.quality import as_file as quality_file
from kith.insight.presenters.quality import show_quality
from kith.insight.presenters.timeliness import as_file as timeliness_file
from kith.insight.presenters.timeliness import show_timeliness
from kith.insight.queries.capacity import capacity
from kith.insight.queries.cuts import cut_or_none, latest_cut
from kith.insight.queries.disproportion import disproportion, excluded_and_exploited
from kith.insight.queries.quality import quality
from kith.insight.queries.timeliness import timeliness
from kith.insight.rules.periods import Window, read
from kith.insight.views.waiting import waits_for_the_first_cut

if TYPE_CHECKING:
    from kith.insight.models import Cut

Show = Callable[[HttpRequest, "Cut"], Any]


@require_safe
@login_required
@waits_for_the_first_cut
def disproportion_page(request: HttpRequest) -> HttpResponse:
    """Each group's part of those counted beside its part of all children known here."""
    return _page(request, "disproportion", _disproportion)


@require_safe
@login_required
def disproportion_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file."""

    def table(request: HttpRequest, cut: Cut) -> Table | None:
        found = disproportion(cut, _window(request))
        return disproportion_file(found) if found else None

    return _file(request, "disproportion", table)


def _disproportion(request: HttpRequest, cut: Cut) -> Any:
    found = disproportion(cut, _window(request))
    return show_disproportion(found, excluded_and_exploited(cut)) if found else None


@require_safe
@login_required
@waits_for_the_first_cut
def timeliness_page(request: HttpRequest) -> HttpResponse:
    """How often what has a clock was in time, agency by agency; how timely their files are."""
    return _page(request, "timeliness", lambda _, cut: show_timeliness(timeliness(cut)))


@require_safe
@login_required
def timeliness_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    return _file(request, "timeliness", lambda _, cut: timeliness_file(timeliness(cut)))


@require_safe
@login_required
@waits_for_the_first_cut
def capacity_page(request: HttpRequest) -> HttpResponse:
    """Specialist help: how many needed it, for how many it was asked, how many got it, how many wait."""
    return _page(request, "capacity", lambda _, cut: show_capacity(capacity(cut)))


@require_safe
@login_required
def capacity_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    return _file(request, "capacity", lambda _, cut: capacity_file(capacity(cut)))


@require_safe
@login_required
@waits_for_the_first_cut
def quality_page(request: HttpRequest) -> HttpResponse:
    """How complete key fields are, by kind of event and agency; silent feeds and rejected rows, cut by cut."""
    return _page(request, "quality", lambda _, cut: show_quality(quality(cut)))


@require_safe
@login_required
def quality_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    return _file(request, "quality", lambda _, cut: quality_file(quality(cut)))


def _page(request: HttpRequest, name: str, show: Show) -> HttpResponse:
    """A page of the latest cut, or of the one asked for; it says so where there is none."""
    check_see_figures(viewer_of(request))
    cut = cut_or_none(request.GET.get("cut", "")) or latest_cut()
    shown = {
        "top": show_top(cut, timezone.localdate()) if cut else None,
        "page": show(request, cut) if cut else None,
        "cut": request.GET.get("cut", ""),
        "period": request.GET.get("period", ""),
    }
    return render(request, f"insight/{name}.jinja", shown)


def _file(request: HttpRequest, name: str, table_of: Show) -> HttpResponse:
    """Its numbers as CSV, on record; 404 where there is no cut."""
    viewer = viewer_of(request)
    check_see_figures(viewer)
    cut = cut_or_none(request.GET.get("cut", "")) or latest_cut()
    table = table_of(request, cut) if cut else None
    if cut is None or table is None:
        raise Http404
    what = f"Took away “{table.caption}”, cut {cut.name}"
    record(viewer=viewer, action="export-figures", what=what, now=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{name}-{cut.as_at}.csv"'}
    return HttpResponse("\ufeff" + table.csv(), content_type="text/csv; charset=utf-8", headers=headers)


def _window(request: HttpRequest) -> Window | None:
    try:
        return read(request.GET["period"]) if request.GET.get("period") else None
    except ValueError:
        return None
