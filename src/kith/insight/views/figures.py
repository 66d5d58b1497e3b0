"""Figures of a cut: dashboards, a measure, its file, and whom its rows are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kith.foundations.access.permissions import can
from kith.foundations.access.rules import Permission
from kith.foundations.access.sign_in import signed_in_lately
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.insight.actions.cuts import ask_for_cut
from kith.insight.actions.reidentifying import say_whom
from kith.insight.forms.figures import PurposeForm
from kith.insight.permissions import can_analyse, check_analyse, check_reidentify, check_see_figures
from kith.insight.presenters.cuts import show_cuts, show_top
from kith.insight.presenters.figures import as_table, show_dashboard, show_measure, talk_first
from kith.insight.presenters.reviews import show_ratings, show_reviewed
from kith.insight.queries.behind import rows_of
from kith.insight.queries.cuts import cut_or_none, cuts, latest_cut
from kith.insight.queries.figures import all_figures, figures_of, population_of
from kith.insight.queries.reviews import ratings_on
from kith.insight.queries.timeliness import agency_names
from kith.insight.rules.measures import DASHBOARDS, THEMES, Measure, measures
from kith.insight.rules.periods import Window, read
from kith.insight.views.waiting import waits_for_the_first_cut

if TYPE_CHECKING:
    from kith.insight.models import Cut


@require_safe
@login_required
@waits_for_the_first_cut
def dashboard_page(request: HttpRequest, dashboard: str = "partnership") -> HttpResponse:
    """Measures in one table: what changed, whether it means anything, how far to trust it."""
    check_see_figures(viewer_of(request))
    name = dashboard
    if name not in DASHBOARDS and name not in THEMES:
        raise Http404
    cut = cut_or_none(request.GET.get("cut", "")) or latest_cut()
    theme = name if name in THEMES else ""
    sections = show_dashboard(all_figures(cut), name, theme) if cut else []
    shown = {"top": show_top(cut, timezone.localdate()) if cut else None, "name": name, "themes": THEMES,
             "dashboards": DASHBOARDS, "title": THEMES.get(name) or DASHBOARDS[name],
             "sections": sections, "first": talk_first(sections),
             "may_cut": can_analyse(viewer_of(request)),
             **show_reviewed(viewer_of(request), timezone.localdate())}  # fmt: skip
    return render(request, "insight/dashboard.jinja", shown)


@require_safe
@login_required
@waits_for_the_first_cut
def measure_page(request: HttpRequest, measure: str) -> HttpResponse:
    """One measure: number, change in words, picture, meaning, definition, groups, file."""
    check_see_figures(viewer_of(request))
    chosen, cut = _measure(measure), cut_or_none(request.GET.get("cut", "")) or latest_cut()
    if cut is None:
        return redirect("insight")
    page = show_measure(figures_of(cut, chosen), _window(request.GET.get("period", "")), population_of(cut))
    shown = {"page": page, "top": show_top(cut, timezone.localdate()), "cut": cut, "theme": THEMES[chosen.theme],
             "may_ask": can(viewer_of(request), Permission.REIDENTIFY),
             "ratings": show_ratings(ratings_on(chosen.key), timezone.localdate())}  # fmt: skip
    return render(request, "insight/measure.jinja", shown)


@require_safe
@login_required
def measure_csv(request: HttpRequest, measure: str) -> HttpResponse:
    """Every number of a measure that may be shown, as a file."""
    viewer, chosen = viewer_of(request), _measure(measure)
    check_see_figures(viewer)
    cut = cut_or_none(request.GET.get("cut", "")) or latest_cut()
    if cut is None:
        raise Http404
    what = f"Took away the figures of “{chosen.title}”, cut {cut.name}"
    record(viewer=viewer, action="export-figures", what=what, now=timezone.now())
    response = HttpResponse(as_table(figures_of(cut, chosen)).csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{chosen.key}-{cut.as_at}.csv"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@waits_for_the_first_cut
def measure_rows(request: HttpRequest, measure: str) -> HttpResponse:
    """Whom the rows behind a number are about: asked with a purpose, by whoever signed in lately."""
    check_reidentify(viewer_of(request))
    cut = cut_or_none(request.GET.get("cut", "")) or latest_cut()
    if cut is None:
        raise Http404
    answer: HttpResponse = _rows(request, _measure(measure), cut)
    return answer


@signed_in_lately
def _rows(request: HttpRequest, chosen: Measure, cut: Cut) -> HttpResponse:
    window = _window(request.GET.get("period", "")) or figures_of(cut, chosen).current()
    form, told = PurposeForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        rows = rows_of(cut, chosen, window)
        names = say_whom(
            cut=cut,
            codes=[row.child for row in rows],
            about=f"{chosen.title}, {window}",
            purpose=form.cleaned_data["purpose"],
            by=viewer_of(request),
            now=timezone.now(),
        )
        told = [(row, names.get(row.child, "")) for row in rows]
    shown = {"measure": chosen, "form": form, "rows": told, "window": window, "cut": cut}
    status = 422 if request.method == "POST" and told is None else 200
    return render(request, "insight/measure_rows.jinja", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@waits_for_the_first_cut
def cuts_page(request: HttpRequest) -> HttpResponse:
    """Every cut, what it holds, how fresh each feed was; and another one on demand."""
    viewer = viewer_of(request)
    check_see_figures(viewer)
    form = PurposeForm(request.POST or None)
    if request.method == "POST":
        check_analyse(viewer)
        if form.is_valid():
            ask_for_cut(purpose=form.cleaned_data["purpose"], by=viewer, now=timezone.now())
            return redirect("insight-cuts")
    shown = show_cuts(list(cuts()[:100]), agency_names()) | {"form": form, "may_cut": can_analyse(viewer)}
    status = 422 if request.method == "POST" else 200
    return render(request, "insight/cuts.jinja", shown, status=status)


def _measure(key: str) -> Measure:
    found = measures().get(key)
    if found is None:
        raise Http404
    return found


def _window(key: str) -> Window | None:
    try:
        return read(key) if key else None
    except ValueError:
        return None
