"""Where shared premises are set aside."""

from django.urls import URLPattern, path

from kith.insight.views import shared_places

urlpatterns: list[URLPattern] = [
    path("records/<int:subject_id>/shared", shared_places.shared_place, name="shared-place"),
]
