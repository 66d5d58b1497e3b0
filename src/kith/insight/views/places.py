"""Where more happens than expected in the area of a cut, when, and what came of work in a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.insight.actions.places import ask_for_places
from kith.insight.permissions import can_analyse, check_analyse, check_see_figures
from kith.insight.presenters import places as present
from kith.insight.presenters.cuts import show_top
from kith.insight.presenters.places_behind import show_behind
from kith.insight.presenters.places_change import show_change
from kith.insight.presenters.places_fifths import show_fifths
from kith.insight.queries import places as ask
from kith.insight.queries import places_area as ask_area
from kith.insight.queries.cuts import cut_or_none, latest_cut
from kith.insight.rules.places import AGAINST, NONE, THEMES, WINDOWS, Choice, Theme
from kith.insight.views.waiting import waits_for_the_first_cut
from kith.intelligence.rules.holidays import where_from

if TYPE_CHECKING:
    from kith.insight.models import Cut

A_PAGE = 40
LOOK_AGAIN = 3  # seconds
FIFTHS = "fifths"
SORTS = ("where", "events", "around", "expected", "finding", "change")


@dataclass(frozen=True)
class Asked:
    """What was asked for; anything unknown is the first of its kind."""

    theme: Theme
    months: int
    against: str
    locality: str
    sort: str
    cut: str
    behind: str = ""

    @property
    def query(self) -> str:
        asked = {"theme": self.theme.key, "months": self.months, "against": self.against, "locality": self.locality}
        more = {"behind": self.behind, "cut": self.cut}
        return urlencode({**asked, **{name: value for name, value in more.items() if value}})

    @property
    def choice(self) -> Choice:
        return Choice(self.theme.key, self.months, self.against)


@require_safe
@login_required
@waits_for_the_first_cut
def places_page(request: HttpRequest) -> HttpResponse:
    """The map, the same as a list, the week, and clusters."""
    check_analyse(viewer_of(request))
    choice, cut = _choice(request.GET), cut_or_none(request.GET.get("cut", "")) or latest_cut()
    if cut is None:
        return render(request, "insight/places.jinja", {"top": None})
    told = ask.places_of(cut, choice.choice)
    if told is None:
        return _wait(request, cut, choice)
    if not told["hexagons"]:
        return render(request, "insight/places.jinja", {"top": show_top(cut, timezone.localdate()), "nowhere": True})
    hexagons = present.show_hexagons(told)
    behind = ask_area.background()
    fifths = choice.behind == FIFTHS and behind.fifths
    localities = [name for name in told["weeks"] if name]
    locality = choice.locality if choice.locality in localities else ""
    listed = _sorted([one for one in hexagons if one.events != NONE], choice.sort)
    page = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "top": show_top(cut, timezone.localdate()),
        "choice": choice,
        "themes": THEMES,
        "windows": WINDOWS,
        "against": AGAINST,
        "localities": localities,
        "locality": locality,
        "told": told,
        "split": date.fromisoformat(told["split"]),
        "map": present.show_map(told, choice.theme, hexagons, show_behind(fifths=fifths)),
        "behind": behind,
        "fifths": show_fifths(cut, told) if fifths else None,
        "columns": _columns(choice),
        "page": page,
        "rows": [one.cells() for one in page],
        "week": present.show_week(told, locality),
        "terms": present.show_terms(told["weeks"][locality]),
        "holidays_from": where_from(),
        "clusters": present.show_clusters(told, hexagons),
        "places": ask.public_places(cut),
    }
    return render(request, "insight/places.jinja", shown)


def _wait(request: HttpRequest, cut: Cut, choice: Asked) -> HttpResponse:
    """How far the worker is, until it is there: the browser looks again by itself, without a script."""
    now = timezone.now()
    far = ask.how_far(cut, choice.choice, now)
    if not far.running and (not far.failed or "again" in request.GET):
        ask_for_places(cut=cut, choice=choice.choice, by=viewer_of(request), now=now)
        far = ask.how_far(cut, choice.choice, now)
    shown = {"top": show_top(cut, timezone.localdate()), "choice": choice, "far": far, "windows": WINDOWS}
    response = render(request, "insight/places_waiting.jinja", shown | {"against": AGAINST})
    if not far.failed:
        response["Refresh"] = str(LOOK_AGAIN)
    return response


@require_safe
@login_required
def places_map(request: HttpRequest) -> HttpResponse:
    """The hexagons for the map that can be moved: exactly what the list says."""
    choice, cut = _which(request)
    told = ask.places_of(cut, choice.choice)
    if told is None or not told["hexagons"]:
        raise Http404  # the page of the same choice says how far it is, or that there is no place
    hexagons = present.show_hexagons(told)
    return JsonResponse(present.as_geojson(hexagons, present.show_map(told, choice.theme, hexagons)))


@require_safe
@login_required
def places_file(request: HttpRequest, form: str) -> HttpResponse:
    """The list as a file, CSV or GeoJSON: taken away on record."""
    if form not in ("csv", "geojson"):
        raise Http404
    choice, cut = _which(request)
    told = ask.places_of(cut, choice.choice)
    if told is None or not told["hexagons"]:
        return redirect(f"{reverse('insight-places')}?{choice.query}")
    hexagons = present.show_hexagons(told)
    picture, name = present.show_map(told, choice.theme, hexagons), cut.name
    what = f"Took away where more happens than expected: {choice.theme.title}, cut {name}"
    record(viewer=viewer_of(request), action="export-figures", what=what, now=timezone.now())
    response: HttpResponse
    if form == "csv":
        response = HttpResponse(picture.csv(), content_type="text/csv; charset=utf-8")
    else:
        response = JsonResponse(present.as_geojson(hexagons, picture), content_type="application/geo+json")
    response["Content-Disposition"] = f'attachment; filename="places-{choice.theme.key}-{name}.{form}"'
    return response


@require_safe
@login_required
@waits_for_the_first_cut
def places_change(request: HttpRequest, public_place: str) -> HttpResponse:
    """Before and after work in a place, beside a control area."""
    check_see_figures(viewer_of(request))
    choice, cut = _choice(request.GET), cut_or_none(request.GET.get("cut", "")) or latest_cut()
    known = {one["place"]: one for one in ask.public_places(cut)} if cut else {}
    if cut is None or public_place not in known:
        raise Http404
    page = show_change(cut, known, public_place, choice.theme, request.GET)
    shown = {"top": show_top(cut, timezone.localdate()), "choice": choice, "themes": THEMES, "page": page,
             "may_analyse": can_analyse(viewer_of(request))}  # fmt: skip
    return render(request, "insight/places_change.jinja", shown)


def _which(request: HttpRequest) -> tuple[Asked, Cut]:
    check_analyse(viewer_of(request))
    choice, cut = _choice(request.GET), cut_or_none(request.GET.get("cut", "")) or latest_cut()
    if cut is None:
        raise Http404
    return choice, cut


def _choice(asked: QueryDict) -> Asked:
    months = asked.get("months", "")
    return Asked(
        THEMES.get(asked.get("theme", "")) or next(iter(THEMES.values())),
        int(months) if months.isdecimal() and len(months) < 4 and int(months) in WINDOWS else next(iter(WINDOWS)),
        asked.get("against", "") if asked.get("against", "") in AGAINST else next(iter(AGAINST)),
        asked.get("locality", "")[:100],
        asked.get("sort", "") if asked.get("sort", "").removeprefix("-") in SORTS else "",
        asked.get("cut", "")[:40],
        FIFTHS if asked.get("behind", "") == FIFTHS else "",
    )


def _columns(choice: Asked) -> list[dict[str, Any]]:
    columns = []
    for key, text in zip(SORTS, present.COLUMNS, strict=True):
        now = {key: "ascending", f"-{key}": "descending"}.get(choice.sort, "")
        turned = f"-{key}" if now == "ascending" else key
        href = f"?{choice.query}&sort={turned}#list"
        columns.append({"text": text, "href": href, "sorted": now, "numeric": key == "expected"})
    return columns


def _sorted(hexagons: list[present.Hexagon], sort: str) -> list[present.Hexagon]:
    """By a column: words by letter, numbers by size; otherwise those that stand out first."""
    if not sort:
        return hexagons
    key = sort.removeprefix("-")
    numeric = {"events": lambda one: _size(one.events), "around": lambda one: _size(one.around)}
    by = numeric.get(key, lambda one: getattr(one, key))
    return sorted(hexagons, key=by, reverse=sort.startswith("-"))


def _size(words: str) -> int:
    last = words.rsplit(" ", 1)[-1]
    return int(last) if words.startswith("about") else 0 if words == NONE else 1
