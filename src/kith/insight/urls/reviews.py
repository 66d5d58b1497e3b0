"""Where ratings are reviewed."""

from django.urls import URLPattern, path

from kith.insight.views import reviews

urlpatterns: list[URLPattern] = [
    path("insight/reviews/", reviews.reviews, name="reviews"),
    path("insight/reviews/new", reviews.new, name="review-new"),
    path("insight/reviews/<int:review_id>/", reviews.review, name="review"),
    path("insight/reviews/<int:review_id>/<slug:rated>", reviews.write, name="review-write"),
    path("insight/ratings/<int:rating_id>/", reviews.rating, name="rating"),
]
