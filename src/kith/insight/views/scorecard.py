"""The scorecard of leaders: a page and a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.insight.permissions import check_see_figures
from kith.insight.presenters.cuts import show_top
from kith.insight.presenters.scorecard import as_file, group_from, show_scorecard
from kith.insight.queries.cuts import cut_or_none, latest_cut
from kith.insight.queries.scorecard import scorecard_of
from kith.insight.rules.measures import THEMES
from kith.insight.views.waiting import waits_for_the_first_cut

if TYPE_CHECKING:
    from kith.insight.models import Cut


@require_safe
@login_required
@waits_for_the_first_cut
def scorecard_page(request: HttpRequest) -> HttpResponse:
    """What leaders look at, a measure a row; of one subject, locality or agency where that is asked for."""
    check_see_figures(viewer_of(request))
    cut, theme, of = _asked(request)
    shown: dict[str, object] = {"top": None, "page": None, "theme": theme, "cut": request.GET.get("cut", "")}
    if cut:
        found = scorecard_of(cut, theme)
        group = group_from(found, of)
        shown |= {"top": show_top(cut, timezone.localdate()), "page": show_scorecard(found, group), "group": group,
                  "of": of if group else ""}  # fmt: skip
    return render(request, "insight/scorecard.jinja", shown)


@require_safe
@login_required
def scorecard_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file, on record."""
    viewer = viewer_of(request)
    check_see_figures(viewer)
    cut, theme, of = _asked(request)
    if cut is None:
        raise Http404
    found = scorecard_of(cut, theme)
    table = as_file(found, group_from(found, of))
    what = f"Took away the scorecard, cut {cut.name}"
    record(viewer=viewer, action="export-figures", what=what, now=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="scorecard-{cut.as_at}.csv"'}
    return HttpResponse("\ufeff" + table.csv(), content_type="text/csv; charset=utf-8", headers=headers)


def _asked(request: HttpRequest) -> tuple[Cut | None, str, str]:
    theme = request.GET.get("theme", "")
    cut = cut_or_none(request.GET.get("cut", "")) or latest_cut()
    return cut, theme if theme in THEMES else "", request.GET.get("of", "")
