"""Where other agencies' systems call, and where people say whom their reports mean."""

from django.urls import URLPattern, path

from kith.exchange.views import api, refused, unmatched

urlpatterns: list[URLPattern] = [
    path("api/v1/openapi.json", api.openapi, name="api-openapi"),
    path("api/v1/missing", api.report, name="api-missing"),
    path("api/v1/missing/<path:number>/return", api.back, name="api-missing-return"),
    path("api/v1/missing/<path:number>", api.state, name="api-missing-number"),
    path("calls/refused", refused.refused, name="refused-calls"),
    path("calls/refused/<int:refused_id>", refused.mend, name="refused-call"),
    path("calls/refused/<int:refused_id>/aside", refused.nothing, name="refused-call-aside"),
    path("missing/unmatched", unmatched.unmatched, name="missing-unmatched"),
    path("missing/unmatched/<int:sent_id>", unmatched.one, name="missing-unmatched-one"),
    path("missing/unmatched/<int:sent_id>/child", unmatched.this_child, name="missing-unmatched-child"),
    path("missing/unmatched/<int:sent_id>/new", unmatched.new_child, name="missing-unmatched-new"),
    path("missing/unmatched/<int:sent_id>/aside", unmatched.aside, name="missing-unmatched-aside"),
    path("missing/unmatched/<int:sent_id>/undo", unmatched.undo, name="missing-unmatched-undo"),
]
