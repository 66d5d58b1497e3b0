"""What was decided on a contact: by whom, why, on what lawful basis, what followed, what the giver heard."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kith.foundations.access.models import Scope, Viewer
from kith.front_door.models.contacts import Contact, Named
from kith.pathways.models import Work
from kith.subjects.models import Subject


class Decision(models.Model):
    """A decision with its reason. Undone within ten minutes, it stays, and what followed from it is taken back."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="decisions")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    sent_as = models.UUIDField(unique=True)
    verdict = models.CharField(max_length=20)  # act, information, pass-on, duplicate or no-action
    rationale = models.TextField()
    referral_source = models.CharField(max_length=4, blank=True)  # a CIN census code, where a referral follows
    harms = models.JSONField(default=list)  # keys of codes: harm types, as whoever decides sees them
    factors = models.JSONField(null=True)  # keys of codes: None not yet asked, [] none of these
    level = models.CharField(max_length=20, blank=True)  # the level of need, a key of codes
    at = models.DateTimeField()
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    undone_because = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["contact", "-at"])]
        constraints = [
            models.CheckConstraint(condition=~Q(rationale=""), name="a_decision_has_its_reason"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="undone_by_somebody_at_some_time",
            ),
        ]


class Outcome(models.Model):
    """What a decision came to for one of those named: a record begun or added to, and the pathway opened."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="outcomes")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    named = models.ForeignKey(Named, on_delete=models.PROTECT, null=True, related_name="outcomes")
    subject = models.ForeignKey(Subject, on_delete=models.SET_NULL, null=True, related_name="+")
    result = models.CharField(max_length=20)  # a key of codes: information, early-help, assessment, context …
    entry_id = models.BigIntegerField(null=True)  # the entry it wrote on the record
    work = models.ForeignKey(Work, on_delete=models.PROTECT, null=True, related_name="+")
    re_referral = models.BooleanField(null=True)  # within 12 months of a referral before; None: this is no referral
    before_on = models.DateField(null=True)  # that referral's day


class ShareDecision(models.Model):
    """Whether and on what basis it was shared, and why not where it was not (standards: information sharing)."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="sharing", primary_key=True)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    shared = models.BooleanField()
    bases = models.JSONField(default=list)  # keys of codes: Article 6, Article 9, Schedule 1, duties
    necessity = models.TextField(blank=True)
    detriment = models.TextField(blank=True)  # whether telling would do a child more harm than good
    family_informed = models.CharField(max_length=20, blank=True)  # yes, no
    why_not_informed = models.TextField(blank=True)
    recipients = models.TextField(blank=True)
    refused_because = models.TextField(blank=True)


class Reply(models.Model):
    """What the giver was told, and how: by letter, or kept for when they follow by reference and code."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="replies")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    letter_id = models.BigIntegerField(null=True)
    spoken = models.BooleanField(default=False)  # told by phone

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_reply_says_something")]
