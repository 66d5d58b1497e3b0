"""Ratings reviewed at meetings: which dashboard, who met and when, what was said of each measure, and answers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kith.foundations.access.models import Scope, Viewer
from kith.insight.models.cuts import Cut


class RatingsReview(models.Model):
    """One dashboard of one cut as one meeting reviewed it. It never changes."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    dashboard = models.CharField(max_length=40)  # a key of rules.measures.DASHBOARDS
    cut = models.ForeignKey(Cut, on_delete=models.PROTECT, related_name="reviews")
    group = models.CharField(max_length=120)  # who met
    met_on = models.DateField()
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-met_on", "-id"])]
        constraints = [models.CheckConstraint(condition=~Q(group=""), name="a_review_says_who_met")]


class Rating(models.Model):
    """One version of what a meeting said of a measure, with the number and colour that it saw; the newest stands."""

    review = models.ForeignKey(RatingsReview, on_delete=models.PROTECT, related_name="ratings")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=60)  # a key of rules.measures.measures
    colour = models.CharField(max_length=10)  # a value of rules.targets.Colour
    seen = models.CharField(max_length=200)  # the number, its change and its verdict, as they stood on the page
    commentary = models.TextField()
    action = models.CharField(max_length=500)
    owner = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    escalated = models.BooleanField()
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["review", "measure", "-id"]), models.Index(fields=["measure", "-id"])]
        constraints = [
            models.CheckConstraint(condition=~Q(commentary=""), name="a_rating_has_a_commentary"),
            models.CheckConstraint(condition=~Q(action=""), name="a_rating_has_an_action"),
        ]


class RatingAnswer(models.Model):
    """The executive's answer to what was escalated to it, or the owner's word that the action is done. Each once."""

    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="answers")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    of_executive = models.BooleanField()
    words = models.TextField()
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rating", "of_executive"], name="a_rating_is_answered_once_by_each"),
            models.CheckConstraint(condition=~Q(words=""), name="an_answer_has_words"),
        ]
