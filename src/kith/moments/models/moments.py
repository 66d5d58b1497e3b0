"""Critical moments and what was done about each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kith.chronology.models import Entry
from kith.foundations.access.models import Agency, Scope, Team, Viewer
from kith.subjects.models import Subject

CODE = 30


class Watched(models.Model):
    """A row with two audiences: the child's circle once the child is known (else the desk's), and the desk's."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    desk = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # the team that answers

    class Meta:
        abstract = True


class Moment(Watched):
    """Something has happened to a child after which help is wanted within the hour."""

    reference = models.CharField(max_length=12, unique=True)  # random: it tells nothing about anybody
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=CODE)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, related_name="+")
    given_name = models.CharField(max_length=200, blank=True)  # as whoever told it typed it
    given_born = models.DateField(null=True)
    given_nhs_number = models.CharField(max_length=10, blank=True)
    happened_on = models.DateField()
    happened_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")  # None: a feed
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    callback = models.CharField(max_length=40, blank=True)
    still_there = models.CharField(max_length=10, blank=True)  # yes, no, not-known
    source = models.CharField(max_length=10)  # form, feed, missing
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")  # that a feed told
    drawn_from = models.CharField(max_length=300, blank=True)  # what makes it the same happening in the next delivery
    sent_as = models.UUIDField(null=True, unique=True)  # of the form's own mark and everything typed into it
    out_of_hours = models.BooleanField()
    call_back_by = models.DateTimeField()
    taken_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    called_back_at = models.DateTimeField(null=True)
    came_of = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    set_aside = models.CharField(max_length=CODE, blank=True)  # why it was no critical moment, where it was none

    class Meta:
        indexes = [models.Index(fields=["closed_at", "call_back_by"]), models.Index(fields=["desk", "closed_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["drawn_from", "subject"], condition=~Q(drawn_from=""), name="a_happening_is_one_moment"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Step(Watched):
    """One thing that was done about a moment: its history."""

    moment = models.ForeignKey(Moment, on_delete=models.CASCADE, related_name="steps")
    what = models.CharField(max_length=20)  # a key of rules.codes.STEPS
    words = models.CharField(max_length=300, blank=True)
    to = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")  # who was paged
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Offer(Watched):
    """What was offered, and the answer. Never changed: a later row for the same service says what became of it."""

    moment = models.ForeignKey(Moment, on_delete=models.CASCADE, related_name="offers")
    service = models.CharField(max_length=CODE)
    answer = models.CharField(max_length=CODE)
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Draw(models.Model):
    """One time that feeds were looked through for critical moments: how often the rule fired, and why not. Counts."""

    at = models.DateTimeField()
    looked_at = models.IntegerField()
    fired = models.JSONField(default=dict)  # kind of moment → how many
    passed_over = models.JSONField(default=dict)  # reason → how many
