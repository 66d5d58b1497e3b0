"""Where opening records, links and what matters now stand."""

from django.urls import path

from kith.subjects.assessing.urls import urlpatterns as assessing
from kith.subjects.views.changing import link_new, link_take_back, what_matters
from kith.subjects.views.mentions import mentions, mentions_named
from kith.subjects.views.opening import group_new, place_new
from kith.subjects.views.wording import wording

urlpatterns = [
    *assessing,
    path("wording", wording, name="wording"),
    path("mentions", mentions, name="mentions"),
    path("mentions/named", mentions_named, name="mentions-named"),
    path("groups/new", group_new, name="group-new"),
    path("places/new", place_new, name="place-new"),
    path("records/<int:subject_id>/what-matters", what_matters, name="what-matters"),
    path("records/<int:subject_id>/links/new", link_new, name="link-new"),
    path("records/<int:subject_id>/links/<int:evidence_id>/take-back", link_take_back, name="link-take-back"),
]
