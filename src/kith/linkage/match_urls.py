"""Where match review stands."""

from django.urls import path

from kith.linkage.views.judgements import judgement_list, judgement_withdraw
from kith.linkage.views.matches import match, matches
from kith.linkage.views.parting import parting, record_part

urlpatterns = [
    path("matches/", matches, name="matches"),
    path("matches/<int:match_id>/", match, name="match"),
    path("records/<int:subject_id>/not-theirs", record_part, name="record-part"),
    path("partings/<int:request_id>/", parting, name="parting"),
    path("judgements/", judgement_list, name="judgements"),
    path("judgements/<int:judgement_id>/withdraw", judgement_withdraw, name="judgement-withdraw"),
]
