"""Where feeds and deliveries stand."""

from django.urls import path

from kith.linkage.views.feeds import delivery, delivery_rejects, feed, feeds

urlpatterns = [
    path("feeds/", feeds, name="feeds"),
    path("feeds/<slug:slug>/", feed, name="feed"),
    path("deliveries/<int:delivery_id>/", delivery, name="delivery"),
    path("deliveries/<int:delivery_id>/rejects.csv", delivery_rejects, name="delivery-rejects"),
]
