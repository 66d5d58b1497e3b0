"""Where places and hours stand."""

from django.urls import URLPattern, path

from kith.insight.views import places

urlpatterns: list[URLPattern] = [
    path("insight/places/", places.places_page, name="insight-places"),
    path("insight/places/map.json", places.places_map, name="insight-places-map"),
    path("insight/places/file/<slug:form>", places.places_file, name="insight-places-file"),
    path("insight/places/<slug:public_place>/change", places.places_change, name="insight-places-change"),
]
