"""The carer's profile of a child: what helps a search, kept by whoever looks after the child."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kith.foundations.access.models import Scope, Team, Viewer
from kith.foundations.documents.models import Document
from kith.missing.models.episodes import CODE, LINE, Episode
from kith.subjects.models import Subject


class Profile(models.Model):
    """That a child has a profile, and who keeps it. Its parts are rows of their own.

    Its audience is whoever keeps it and, only while the child is missing, those who search. The child's circle sees
    this row, so that they know whom to ask; not the parts.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # who may read the parts
    keepers = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # who writes them
    circle = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # the child's
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")  # the home that keeps it
    called = models.CharField(max_length=LINE)  # the child's name: whoever searches may not read the record
    date_of_birth = models.DateField(null=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=LINE, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject"], condition=Q(ended_at=None), name="one_profile_of_a_child")
        ]


class OfAProfile(models.Model):
    """A row of a profile, for whoever may read it."""

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="%(class)ss")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class ProfilePart(OfAProfile):
    """One part as somebody wrote it, or looked at again and found true. Never changed; the latest of a kind stands."""

    kind = models.CharField(max_length=CODE)  # a key of profiles.yaml, or photo
    text = models.TextField(blank=True)  # empty: nothing stands here any more
    photo = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    still_true = models.BooleanField(default=False)  # looked at again, nothing to change
    written_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["profile", "kind", "-written_at"])]


class OnTheDay(OfAProfile):
    """What the carer says when the child is missing. Never changed; the latest for an absence stands."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="+")
    mood = models.TextField(blank=True)
    clothing = models.TextField(blank=True)
    happened = models.TextField(blank=True)
    done = models.TextField(blank=True)  # what the carer did to find the child
    rang = models.TextField(blank=True)  # whom the carer tried to reach, and what they said
    written_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()


class ProfileRead(OfAProfile):
    """Somebody who searches opened the profile. Its audience is whoever keeps it."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="+")
    viewer = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    what = models.CharField(max_length=CODE)  # read or printed


class Trigger(models.Model):
    """What tends to come before a child goes missing, and what helps. For the circle and whoever keeps the profile."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # the child's circle
    keepers = models.ForeignKey(Scope, on_delete=models.PROTECT, null=True, related_name="+")
    own_words = models.TextField(blank=True)
    before = models.TextField(blank=True)
    helps = models.TextField(blank=True)
    written_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject", "-written_at"])]
