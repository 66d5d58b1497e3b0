"""Where children's profiles and the homes' protocol stand."""

from django.urls import path

from kith.missing.views import profiles, protocol

urlpatterns = [
    path("missing/profiles/", profiles.profiles, name="missing-profiles"),
    path("missing/profiles/<int:profile_id>/", profiles.profile, name="missing-profile"),
    path("missing/profiles/<int:profile_id>/edit", profiles.profile_edit, name="missing-profile-edit"),
    path("missing/profiles/<int:profile_id>/still-true", profiles.profile_still_true, name="missing-profile-true"),
    path("missing/profiles/<int:profile_id>/today", profiles.profile_today, name="missing-profile-today"),
    path("missing/profiles/<int:profile_id>/back", profiles.profile_back, name="missing-profile-back"),
    path("missing/profiles/<int:profile_id>/keepers", profiles.profile_keepers, name="missing-profile-keepers"),
    path("missing/profiles/<int:profile_id>/end", profiles.profile_end, name="missing-profile-end"),
    path("missing/profiles/<int:profile_id>/triggers", profiles.profile_triggers, name="missing-profile-triggers"),
    path("records/<int:subject_id>/profile", profiles.record_profile, name="record-profile"),
    path("records/<int:subject_id>/missing/triggers", profiles.record_triggers, name="record-triggers"),
    path("missing/searches/", protocol.searches, name="missing-searches"),
    path("missing/searches/new", protocol.search_new, name="missing-search-new"),
    path("missing/searches/<int:search_id>", protocol.search, name="missing-search"),
    path("missing/searches/<int:search_id>/end", protocol.search_end, name="missing-search-end"),
    path("missing/searches/<int:search_id>/steps/<slug:step_key>", protocol.search_step, name="missing-search-step"),
    path("missing/reviews/", protocol.reviews, name="missing-reviews"),
    path("missing/reviews/<int:review_id>", protocol.review, name="missing-review"),
    path("missing/reviews/<int:team_id>/<str:month>", protocol.review_new, name="missing-review-new"),
    path("missing/reviews/actions/<int:action_id>/done", protocol.review_action, name="missing-review-action"),
]
