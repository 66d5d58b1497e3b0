"""What lies behind the map, from our own address: names and where the outlines are from, and tiles."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from kith.foundations.access.viewing import viewer_of
from kith.insight.engine.places.tiles import DEEPEST
from kith.insight.permissions import check_analyse
from kith.insight.queries import places_area as ask

TILE = "application/vnd.mapbox-vector-tile"
A_DAY = 24 * 3600


@require_safe
@login_required
def area(request: HttpRequest) -> HttpResponse:
    """Names of wards with their places, and what the tiles' address must say to be the newest."""
    check_analyse(viewer_of(request))
    behind = ask.background()
    labels = [{"name": name, "at": [longitude, latitude]} for name, longitude, latitude in behind.labels]
    return JsonResponse({"version": behind.version, "labels": labels, "bounds": behind.box, "deepest": DEEPEST})


@require_safe
@login_required
def area_tile(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    """One tile. Its address has the version in it, so a browser may keep it for a day."""
    check_analyse(viewer_of(request))
    if z > DEEPEST or x >= 2**z or y >= 2**z:
        raise Http404
    response = HttpResponse(ask.tile(z, x, y), content_type=TILE)
    response["Cache-Control"] = f"private, max-age={A_DAY}"
    return response
