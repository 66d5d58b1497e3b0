"""Checks between agencies: what the front door asks one agency, its answers, its links, and who is there today."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kith.foundations.access.models import Agency, Scope, Team, Viewer
from kith.front_door.models.contacts import Contact


class Check(models.Model):
    """A question to one agency about those named in a contact. Held by the front door and that agency's checks team.

    It carries all that the agency reads: the contact itself is not open to them, and who told is never sent.
    """

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="checks")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # the checks team's audience
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")  # who answers for the agency
    sent_as = models.UUIDField(unique=True)  # the form's mark and the agency: asked twice is one question
    about = models.JSONField(default=list)  # [{named, name, born, age, address, postcode, school}, …] as typed
    about_words = models.CharField(max_length=300, blank=True)
    question = models.TextField()
    purpose = models.CharField(max_length=20)  # a key of codes
    bases = models.JSONField(default=list)  # keys of codes: the lawful basis
    band = models.CharField(max_length=10)  # a key of codes
    longer_because = models.CharField(max_length=300, blank=True)  # why a manager allowed more than the area's longest
    confirm = models.BooleanField(default=True)  # names show behind a link only after a code sent to the same mailbox
    email = models.EmailField(blank=True)  # the mailbox that letters go to; none: they are told in another way
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)  # the first answer
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["contact", "asked_at"]),
            models.Index(fields=["scope", "due_at"], name="checks_by_clock"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(question=""), name="a_check_asks_something"),
            models.CheckConstraint(condition=Q(due_at__gt=F("asked_at")), name="a_check_has_time"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | (Q(withdrawn_by__isnull=False) & ~Q(withdrawn_because="")),
                name="a_check_is_withdrawn_by_somebody_for_a_reason",
            ),
        ]


class CheckLink(models.Model):
    """A way to answer one check without an account. Only a hash of the link is kept; it ends, and is never reused."""

    check_asked = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="links")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    code_hash = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    codes_since = models.DateTimeField(null=True)  # the hour in which `codes_sent` counts
    codes_sent = models.PositiveSmallIntegerField(default=0)
    openings_since = models.DateTimeField(null=True)
    openings = models.PositiveIntegerField(default=0)
    draft = models.JSONField(default=dict)  # words not sent yet, as the form sends them
    draft_at = models.DateTimeField(null=True)


class CheckAnswer(models.Model):
    """What an agency answers. Never edited; more is another answer."""

    check_asked = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="answers")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    sent_as = models.UUIDField(unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")  # None: by the link
    nothing_known = models.BooleanField()
    known = models.TextField(blank=True)
    dates = models.TextField(blank=True)
    works_with = models.TextField(blank=True)
    worries = models.TextField(blank=True)
    strengths = models.TextField(blank=True)
    source = models.CharField(max_length=20)  # a key of codes
    may_share = models.CharField(max_length=20)  # a key of codes
    conditions = models.TextField(blank=True)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=200)
    phone = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["check_asked", "at"])]
        constraints = [
            models.CheckConstraint(condition=Q(nothing_known=True) | ~Q(known=""), name="an_answer_says_something")
        ]


class Chase(models.Model):
    """That an agency was reminded, how and by whom."""

    check_asked = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="chases")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=10)  # a key of codes
    note = models.CharField(max_length=300, blank=True)


class Presence(models.Model):
    """Whether an agency is in the hub on a day, and how. The last one said of a day counts; none is erased."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # the agency's checks team's audience
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    how = models.CharField(max_length=10)  # a key of codes
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["on", "agency", "-at"])]
