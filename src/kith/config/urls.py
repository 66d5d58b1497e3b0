"""Where each page stands."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("kith.foundations.design_system.urls")),
    path("accounts/", include("allauth.urls")),
]
