"""Where problem profiles stand: a list and a beginning of their own; else they are reports."""

from django.urls import URLPattern, path

from kith.insight.views import reports

urlpatterns: list[URLPattern] = [
    path("insight/profiles/", reports.reports, {"of_subject": True}, name="problem-profiles"),
    path("insight/profiles/new", reports.new_of, {"kind": "problem-profile"}, name="problem-profile-new"),
    path("insight/profiles/<int:problem_id>/", reports.once_profile, name="problem-profile-once"),
    path("insight/profiles/<int:problem_id>/<path:rest>", reports.once_profile, name="problem-profile-once-part"),
]
