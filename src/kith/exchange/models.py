"""What another agency's own system tells by the API: its keys, its calls, and each absence as it was sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kith.foundations.access.models import Agency, Scope, Viewer
from kith.missing.models import Account
from kith.subjects.models import Subject

NUMBER = 80


class ApiKey(models.Model):
    """A key with which an agency's system calls. Its secret is shown once. Only named jobs see it.

    `handle` stands in the open part of the key, so that one can be told from another in a list and in the audit.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    viewer = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")  # as whom its calls act
    name = models.CharField(max_length=120)  # of the system that holds it
    handle = models.CharField(max_length=16, unique=True)
    secret_hash = models.CharField(max_length=64)
    per_minute = models.PositiveIntegerField()  # how many calls it may make in a minute
    minute_began = models.DateTimeField(null=True)  # the minute that is counted now …
    calls = models.PositiveIntegerField(default=0)  # … and the calls in it
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    last_used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="a_key_is_ended_by_somebody",
            ),
            models.CheckConstraint(condition=Q(per_minute__gt=0), name="a_key_may_call"),
        ]

    def __str__(self) -> str:
        return self.handle


class ApiCall(models.Model):
    """A call that changed something, with its answer: the same call again has that answer and changes nothing."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    key = models.ForeignKey(ApiKey, on_delete=models.PROTECT, related_name="+")
    once = models.CharField(max_length=200)  # the caller's Idempotency-Key
    asked = models.CharField(max_length=200)  # method and address
    body_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.TextField()  # to the letter
    location = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "once"], name="an_agency_calls_once")]


class SentReport(models.Model):
    """One absence as an agency's system sent it, whole; on whose record it stands, or why it stands on none yet.

    `account`: what came of it. Without one it waits for the missing desk, or was set aside with a reason.
    """

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # of the missing desk
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=NUMBER)  # the agency's own
    told = models.JSONField()  # as sent
    sent_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")  # as whom the key acts
    sent_at = models.DateTimeField()
    why_not = models.CharField(max_length=300, blank=True)  # why nobody was certain to be meant; it stays
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, related_name="+")  # whom a person chose
    began_record = models.BooleanField(default=False)  # the record was begun with this report
    back = models.JSONField(null=True)  # the return, as sent last
    back_at = models.DateTimeField(null=True)
    back_stands = models.BooleanField(default=False)  # the return is a word on the absence
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")  # None: by the rule
    set_aside_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="an_agency_sends_a_number_once"),
            models.CheckConstraint(
                condition=Q(account=None) | Q(set_aside_because=""), name="on_a_record_or_set_aside"
            ),
            models.CheckConstraint(
                condition=Q(set_aside_because="") | Q(decided_by__isnull=False), name="set_aside_by_somebody"
            ),
        ]
        indexes = [
            models.Index(
                fields=["scope", "sent_at"], condition=Q(account=None, set_aside_because=""), name="sent_and_waiting"
            )
        ]

    def __str__(self) -> str:
        return self.number


class RefusedCall(models.Model):
    """A call whose fields could not be taken, as it was sent: kept and read like a rejected row of a feed.

    Put right (by a data officer, or by the agency, which sent it again), or set aside with a reason; never deleted.
    """

    key = models.ForeignKey(ApiKey, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    asked = models.CharField(max_length=200)  # method and address
    body = models.TextField()  # as sent; the key is no part of it
    body_sha256 = models.CharField(max_length=64)
    number = models.CharField(max_length=NUMBER, blank=True)  # the agency's own, where it can be read
    of_return = models.BooleanField(default=False)  # it told that a child is back
    detail = models.CharField(max_length=400)
    reasons = models.JSONField(default=dict)  # field: what is wrong with it
    at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)  # the same call came so often
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")  # None: the agency
    became = models.ForeignKey(SentReport, on_delete=models.PROTECT, null=True, related_name="+")
    set_aside_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "asked", "body_sha256"], condition=Q(decided_at=None), name="a_refused_call_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, became=None, set_aside_because="")
                | Q(decided_at__isnull=False, became__isnull=False, set_aside_because="")
                | (Q(decided_at__isnull=False, became=None, decided_by__isnull=False) & ~Q(set_aside_because="")),
                name="put_right_or_set_aside_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["-at"])]
