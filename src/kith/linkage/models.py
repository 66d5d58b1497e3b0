"""What arrived, what was rejected, what each agency says of a person, and who judged which records to be
one.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kith.foundations.access.models import Scope, Viewer
from kith.subjects.models import Reference, Subject


class Delivery(models.Model):
    """One file, read as one feed. The file itself and every row of it are kept unaltered under its hash."""

    feed = models.CharField(max_length=80)
    file_name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    bytes = models.BigIntegerField()
    received_at = models.DateTimeField()
    as_at = models.DateField(null=True)  # the day the agency made it, where file or rows say so
    state = models.CharField(max_length=20)  # a key of rules.DELIVERY_STATES
    rows_read = models.IntegerField(default=0)
    rows_loaded = models.IntegerField(default=0)
    rows_unchanged = models.IntegerField(default=0)
    rows_rejected = models.IntegerField(default=0)
    rows_ended = models.IntegerField(default=0)
    values_set_aside = models.IntegerField(default=0)
    loaded_to_row = models.IntegerField(default=0)  # a killed load goes on from here
    finished_at = models.DateTimeField(null=True)
    came_again_at = models.DateTimeField(null=True)  # the same file, when nothing had changed
    problem = models.TextField(blank=True)  # why it could not be read at all, in words
    notes = models.JSONField(default=list)  # extra columns, another encoding, a repeated delivery …
    brought_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "sha256"], name="a_file_is_loaded_once_for_a_feed")]
        indexes = [models.Index(fields=["feed", "-received_at"])]


class Reject(models.Model):
    """A row that could not be loaded: why, and the row as it was."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="rejects")
    row = models.IntegerField()
    reasons = models.JSONField()
    original = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["delivery", "row"])]


class SourceRecord(models.Model):
    """What one feed says about one person, as last stated. The facts on a record page are read from here."""

    reference = models.ForeignKey(Reference, on_delete=models.CASCADE, related_name="records")
    scope = models.ForeignKey(  # None: not linked yet; not looked up by, and rewritten for every record of a delivery
        Scope, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    feed = models.CharField(max_length=80)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="+")
    row = models.IntegerField()
    facts = models.JSONField()  # our field → value; dates as ISO text
    stated_on = models.DateField(null=True)
    fingerprint = models.CharField(max_length=32)
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    is_child = models.BooleanField(default=False)
    linked_as = models.CharField(max_length=40, blank=True, default="", db_default="")  # as it stood when last linked

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "reference"], name="one_record_a_feed_and_number")]


class Match(models.Model):
    """Two references that the engine finds to be one person, or cannot tell. Explained field by field."""

    left = models.ForeignKey(Reference, on_delete=models.CASCADE, related_name="+", db_index=False)
    right = models.ForeignKey(Reference, on_delete=models.CASCADE, related_name="+")
    probability = models.FloatField()
    weight = models.FloatField()
    outcome = models.CharField(max_length=10)  # same or unsure
    found_at = models.DateTimeField()
    found_by = models.CharField(max_length=60)  # the model's version

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="a_pair_once"),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="a_pair_has_one_order"),
        ]
        indexes = [models.Index(fields=["outcome", "-weight"])]


class Judgement(models.Model):
    """A person's decision that two references are, or are not, one person. Withdrawn, never erased."""

    left = models.ForeignKey(Reference, on_delete=models.CASCADE, related_name="+")
    right = models.ForeignKey(Reference, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=10)  # same, different or unsure
    reason = models.TextField(blank=True)
    evidence = models.JSONField(default=dict)  # what was shown when it was decided
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["left", "right"], condition=Q(withdrawn_at=None), name="one_standing_judgement_a_pair"
            ),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="a_judged_pair_has_one_order"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="withdrawn_by_somebody_at_some_time",
            ),
        ]


class LinkRun(models.Model):
    """One linking: what was compared, how long it took, what changed."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    kind = models.CharField(max_length=20)  # whole or new
    model = models.CharField(max_length=60, blank=True)
    report = models.JSONField(default=dict)


class Move(models.Model):
    """A reference that went from one subject to another, and by what: followed backwards when that is
    undone.
    """

    reference = models.ForeignKey(Reference, on_delete=models.CASCADE, related_name="+")
    from_subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    to_subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    run = models.ForeignKey(LinkRun, on_delete=models.PROTECT, null=True, related_name="+")
    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, null=True, related_name="moves")


class Carried(models.Model):
    """What was written by hand on a subject that was joined into another. It goes home when the two part
    again.
    """

    what = models.CharField(max_length=20)  # a key of settling.carrying.KINDS
    row = models.BigIntegerField()
    home = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    carried_to = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    before = models.JSONField(default=dict)  # what was changed besides the subject, to be put back
    at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["what", "row"])]


class UnderReview(models.Model):
    """Two subjects with an unsure match that nobody has decided: what a data officer may read, and no
    more.
    """

    match = models.OneToOneField(Match, on_delete=models.CASCADE, primary_key=True, related_name="+")
    left_subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="+")
    right_subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="+")
    comes_of_age = models.DateField(null=True)  # when the younger of the two is 18; None: neither birth date is known
    is_open = models.BooleanField(default=False, db_default=False)  # somebody works with one of the two

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["left_subject", "right_subject"], name="two_people_are_asked_about_once"),
        ]


class ReferenceUnderReview(models.Model):
    """Every reference of two such subjects: what a data officer may read, and no more. Row security looks here."""

    reference = models.OneToOneField(Reference, on_delete=models.CASCADE, primary_key=True, related_name="+")


class PartingRequest(models.Model):
    """A worker says that some of a person's records are somebody else's. Decided by a data officer, never erased."""

    chosen = ArrayField(models.BigIntegerField())  # the references said to be somebody else's
    reason = models.TextField()
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")
    verdict = models.CharField(max_length=10, blank=True)  # different: parted; same: left together
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, verdict="")
                | Q(decided_at__isnull=False, decided_by__isnull=False, verdict__in=["same", "different"]),
                name="a_parting_is_decided_by_somebody",
            ),
        ]
