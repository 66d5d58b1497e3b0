"""Where the search stands."""

from django.urls import path

from kith.subjects.search.views import help_search, search

urlpatterns = [
    path("search", search, name="search"),
    path("help/search", help_search, name="help-search"),
]
