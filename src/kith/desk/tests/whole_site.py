"""Every page, with stand-ins for those of rooms that are not built yet."""

from django.http import HttpResponse
from django.urls import path

from kith.config.urls import urlpatterns as site


def elsewhere(request, **given):
    return HttpResponse("elsewhere")


urlpatterns = [
    *site,
    path("x/records/<int:subject_id>/looked", elsewhere, name="record-looked"),
    path("x/records/<int:subject_id>/break-glass", elsewhere, name="break-glass"),
    *[path(f"x/{n}", elsewhere, name=n) for n in ("matches", "feeds", "audit", "break-glass-reviews", "staff")],
]
