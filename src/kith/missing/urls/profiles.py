"""Where children's profiles and the homes' protocol stand."""

from django.urls import path

from kith.missing.views import profiles

urlpatterns = [
    path("missing/profiles/", profiles.profiles, name="missing-profiles"),
    path("missing/profiles/<int:profile_id>/", profiles.profile, name="missing-profile"),
    path("missing/profiles/<int:profile_id>/edit", profiles.profile_edit, name="missing-profile-edit"),
    path("missing/profiles/<int:profile_id>/still-true", profiles.profile_still_true, name="missing-profile-true"),
    path("missing/profiles/<int:profile_id>/today", profiles.profile_today, name="missing-profile-today"),
    path("missing/profiles/<int:profile_id>/keepers", profiles.profile_keepers, name="missing-profile-keepers"),
    path("missing/profiles/<int:profile_id>/end", profiles.profile_end, name="missing-profile-end"),
    path("missing/profiles/<int:profile_id>/triggers", profiles.profile_triggers, name="missing-profile-triggers"),
    path("records/<int:subject_id>/profile", profiles.record_profile, name="record-profile"),
    path("records/<int:subject_id>/missing/triggers", profiles.record_triggers, name="record-triggers"),
]
