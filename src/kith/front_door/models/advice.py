"""The advice line: what somebody asked, what they were told, what came of it. And letters that come by email."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kith.foundations.access.models import Agency, Scope, Team, Viewer
from kith.front_door.models.contacts import Contact


class Consultation(models.Model):
    """One consultation. With nobody named, it is about no record and nothing is looked up."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # the front door team's audience
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=16, unique=True)
    sent_as = models.UUIDField(unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")  # the adviser
    mode = models.CharField(max_length=10)  # named or unnamed
    child_name = models.CharField(max_length=300, blank=True)
    caller_name = models.CharField(max_length=200)
    caller_agency = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    caller_phone = models.CharField(max_length=60, blank=True)
    caller_email = models.EmailField(blank=True)
    asked = models.TextField()
    advice = models.TextField()
    expected = models.TextField(blank=True)  # what the adviser thought would follow
    follows = models.CharField(max_length=10)  # a key of codes
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="consultations")
    ring_back_by = models.DateTimeField(null=True)
    rung_back_at = models.DateTimeField(null=True)
    rung_back_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    rung_back_note = models.TextField(blank=True)
    letter_id = models.BigIntegerField(null=True)
    overseen_at = models.DateTimeField(null=True)
    overseen_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    oversight = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["scope", "-at"])]
        constraints = [
            models.CheckConstraint(condition=~Q(mode="unnamed") | Q(child_name=""), name="nobody_is_named_if_so_said"),
            models.CheckConstraint(
                condition=Q(overseen_at=None) | (Q(overseen_by__isnull=False) & ~Q(oversight="")),
                name="overseen_by_somebody_with_a_word",
            ),
            models.CheckConstraint(
                condition=~Q(follows="ring-back") | Q(ring_back_by__isnull=False), name="a_ring_back_has_its_day"
            ),
        ]


class MailKept(models.Model):
    """A letter that came by email, as it came; `problem` says why it is nobody's contact."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # the front door team's audience
    sha256 = models.CharField(max_length=64, unique=True)
    original = models.BinaryField()  # at most 10 MB; of a longer one, its beginning
    length = models.BigIntegerField()
    kept_at = models.DateTimeField()
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="mail")
    problem = models.CharField(max_length=300, blank=True)
