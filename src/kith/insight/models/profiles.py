"""Problem profiles: of what, of which cut and period, and why; versions of what was written; what was signed off."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kith.foundations.access.models import Scope, Viewer
from kith.insight.models.cuts import Cut


class ProblemProfile(models.Model):
    """One profile of one subject in one period of one cut. It never changes: what is written about it stands in
    versions of their own."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)  # a value of rules.profiles.SubjectKind
    key = models.CharField(max_length=100)  # a place's code in cuts, a theme's key, a locality's name
    title = models.CharField(max_length=300)  # what the subject is called, in that cut
    cut = models.ForeignKey(Cut, on_delete=models.PROTECT, related_name="profiles")
    period = models.CharField(max_length=60)  # a window's key
    comparator = models.CharField(max_length=20)  # a value of rules.reports.Comparator
    purpose = models.CharField(max_length=300)
    made_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-made_at"])]
        constraints = [models.CheckConstraint(condition=~Q(purpose=""), name="a_problem_profile_has_a_purpose")]


class ProfileWords(models.Model):
    """One version of what somebody wrote in one section; the newest stands."""

    profile = models.ForeignKey(ProblemProfile, on_delete=models.PROTECT, related_name="words")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    section = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["profile", "section", "-at"])]


class ProfileSigned(models.Model):
    """A profile as it was signed off: all of it, as data, and the checksum of its numbers. It never changes."""

    profile = models.OneToOneField(ProblemProfile, on_delete=models.PROTECT, related_name="signed")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()  # of foundations.papers.keeping
    checksum = models.CharField(max_length=64)
    checked = models.CharField(max_length=500)  # what the signer looked at, in their words
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(checked=""), name="a_signed_profile_says_what_was_checked")]
