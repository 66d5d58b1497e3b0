"""Where problem profiles stand."""

from django.urls import URLPattern, path

from kith.insight.views import profiles

urlpatterns: list[URLPattern] = [
    path("insight/profiles/", profiles.profiles, name="problem-profiles"),
    path("insight/profiles/new", profiles.new, name="problem-profile-new"),
    path("insight/profiles/<int:problem_id>/", profiles.profile, name="problem-profile"),
    path("insight/profiles/<int:problem_id>/sections/<slug:heading>", profiles.section, name="problem-profile-section"),
    path("insight/profiles/<int:problem_id>/sign", profiles.sign, name="problem-profile-sign"),
    path("insight/profiles/<int:problem_id>/file/<slug:form>", profiles.profile_file, name="problem-profile-file"),
]
