"""Where other agencies' systems call, and where people say whom their reports mean."""

from django.urls import URLPattern, path

from kith.exchange.views import api, unmatched

urlpatterns: list[URLPattern] = [
    path("api/v1/openapi.json", api.openapi, name="api-openapi"),
    path("api/v1/missing", api.report, name="api-missing"),
    path("api/v1/missing/<path:number>/return", api.back, name="api-missing-return"),
    path("api/v1/missing/<path:number>", api.state, name="api-missing-number"),
    path("missing/unmatched", unmatched.unmatched, name="missing-unmatched"),
    path("missing/unmatched/<int:sent_id>", unmatched.one, name="missing-unmatched-one"),
    path("missing/unmatched/<int:sent_id>/child", unmatched.this_child, name="missing-unmatched-child"),
    path("missing/unmatched/<int:sent_id>/new", unmatched.new_child, name="missing-unmatched-new"),
    path("missing/unmatched/<int:sent_id>/aside", unmatched.aside, name="missing-unmatched-aside"),
    path("missing/unmatched/<int:sent_id>/undo", unmatched.undo, name="missing-unmatched-undo"),
]
