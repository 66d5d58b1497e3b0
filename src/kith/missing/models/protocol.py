"""What a home does before it reports a child missing, and what home and police agree each month."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kith.foundations.access.models import Scope, Team, Viewer
from kith.missing.models.episodes import CODE, LINE, Episode
from kith.missing.models.profiles import Profile
from kith.subjects.models import Subject


class OfAHome(models.Model):
    """A row of one home. `scope` is its team's audience; `desk`, where there is one, lets the missing desk read it."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    desk = models.ForeignKey(Scope, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class HomeSearch(OfAHome):
    """A home looked for a child before it reported them missing. The missing desk reads it once it is reported."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, null=True, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, related_name="+")
    called = models.CharField(max_length=LINE)
    last_seen_at = models.DateTimeField()
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)
    found_at = models.DateTimeField(null=True)  # found by the search: nothing is reported
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="searches")
    list_since = models.DateField()  # which dated list was worked through
    sent_as = models.UUIDField(null=True, unique=True)

    class Meta:
        indexes = [models.Index(fields=["team", "-started_at"])]


class SearchStep(OfAHome):
    """One step of the list: done at a time by somebody, or skipped with a reason."""

    search = models.ForeignKey(HomeSearch, on_delete=models.CASCADE, related_name="steps")
    key = models.CharField(max_length=CODE)
    title = models.CharField(max_length=LINE)  # as the list had it then
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=200, blank=True)
    skipped_because = models.CharField(max_length=LINE, blank=True)
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["search", "key"], name="a_step_once_in_a_search"),
            models.CheckConstraint(
                condition=Q(done_at=None, skipped_because__gt="")
                | Q(done_at__isnull=False, done_by__gt="", skipped_because=""),
                name="done_or_skipped_because",
            ),
        ]


class HomeReview(OfAHome):
    """Home and police looked at a month together. One a home and month."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()  # its first day
    held_on = models.DateField()
    attended = models.TextField()
    notes = models.TextField(blank=True)
    episodes = models.JSONField(default=list)  # references of the absences looked at, as they stood then
    next_on = models.DateField()
    written_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "month"], name="one_review_of_a_home_and_month")]


class ReviewAction(OfAHome):
    """What was agreed: who does it by when."""

    review = models.ForeignKey(HomeReview, on_delete=models.CASCADE, related_name="actions")
    text = models.CharField(max_length=LINE)
    owner = models.CharField(max_length=200)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
