"""Where the pages of work stand."""

from django.urls import path

from kith.pathways.views import work, work_allocate

urlpatterns = [
    path("work/<int:work_id>/", work, name="work"),
    path("work/<int:work_id>/allocate", work_allocate, name="work-allocate"),
]
