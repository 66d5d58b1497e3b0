"""Where each page stands."""

from django.urls import URLPattern, URLResolver, include, path

from kith.config.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health, name="health"),
    path("", include("kith.foundations.design_system.urls")),
    path("", include("kith.foundations.access.urls")),
    path("", include("kith.foundations.drafts.urls")),
    path("", include("kith.foundations.documents.urls")),
    path("", include("kith.foundations.notices.urls")),
    path("", include("kith.subjects.urls")),
    path("", include("kith.subjects.search.urls")),
    path("", include("kith.linkage.match_urls")),
    path("", include("kith.linkage.feed_urls")),
    path("", include("kith.chronology.urls")),
    path("", include("kith.intelligence.urls")),
    path("", include("kith.pathways.urls")),
    path("", include("kith.contexts.urls")),
    path("", include("kith.missing.urls")),
    path("", include("kith.moments.urls")),
    path("", include("kith.front_door.urls")),
    path("", include("kith.front_door.checks_urls")),
    path("", include("kith.front_door.missing_urls")),
    path("", include("kith.insight.urls")),
    path("", include("kith.case_audits.urls")),
    path("", include("kith.governance.urls")),
    path("", include("kith.exchange.urls")),
    path("", include("kith.doors.urls")),
    path("", include("kith.desk.urls")),
]
