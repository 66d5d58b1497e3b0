"""Where other agencies' systems call, and where people say whom their reports mean."""

from django.urls import URLPattern, path

from kith.exchange.views import api

urlpatterns: list[URLPattern] = [
    path("api/v1/openapi.json", api.openapi, name="api-openapi"),
    path("api/v1/missing", api.report, name="api-missing"),
    path("api/v1/missing/<path:number>/return", api.back, name="api-missing-return"),
    path("api/v1/missing/<path:number>", api.state, name="api-missing-number"),
]
