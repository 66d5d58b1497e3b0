"""Where places and hours stand."""

from django.urls import URLPattern, path

from kith.insight.views import places, places_area, places_live, travel

urlpatterns: list[URLPattern] = [
    path("insight/places/", places.places_page, name="insight-places"),
    path("insight/places/map.json", places.places_map, name="insight-places-map"),
    path("insight/places/live", places_live.live_page, name="insight-places-live"),
    path("insight/places/live/csv", places_live.live_csv, name="insight-places-live-csv"),
    path("insight/places/travel", travel.travel_page, name="insight-travel"),
    path("insight/places/travel/<slug:table>", travel.travel_csv, name="insight-travel-csv"),
    path("insight/places/area.json", places_area.area, name="insight-places-area"),
    path("insight/places/tiles/<int:z>/<int:x>/<int:y>", places_area.area_tile, name="insight-places-tile"),
    path("insight/places/file/<slug:form>", places.places_file, name="insight-places-file"),
    path("insight/places/<slug:public_place>/change", places.places_change, name="insight-places-change"),
]
