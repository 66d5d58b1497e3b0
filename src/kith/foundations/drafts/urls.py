"""Where unsent words stand."""

from django.urls import path

from kith.foundations.drafts.views import draft_keep, drafts

urlpatterns = [
    path("drafts", drafts, name="drafts"),
    path("drafts/keep", draft_keep, name="draft-keep"),
]
