"""Networks of named people, and links that are suggested."""

from django.urls import path

from kith.insight.views import networks, networks_kept, networks_suggested, networks_whole

urlpatterns = [
    path("insight/networks/", networks.networks, name="networks"),
    path("insight/networks/new", networks.new, name="network-new"),
    path("insight/networks/whole", networks_whole.whole, name="network-whole"),
    path("insight/networks/<int:network_id>/", networks.network, name="network"),
    path("insight/networks/<int:network_id>/links/<int:one_id>/<int:other_id>", networks.link, name="network-link"),
    path("insight/networks/<int:network_id>/compare", networks.compare, name="network-compare"),
    path("insight/networks/<int:network_id>/file/<slug:form>", networks_kept.network_file, name="network-file"),
    path("insight/networks/<int:network_id>/keep", networks_kept.keep, name="network-keep"),
    path("insight/networks/<int:network_id>/kept/<int:snapshot_id>", networks_kept.snapshot, name="network-snapshot"),
    path("insight/suggestions/", networks_suggested.suggestions, name="suggestions"),
    path("insight/suggestions/<int:one_id>/<int:other_id>", networks_suggested.suggestion, name="suggestion"),
]
