"""A child is missing: what each agency says of it, when the child is back, how it was graded, what is being done."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kith.chronology.models import Entry
from kith.foundations.access.models import Agency, Scope, Viewer
from kith.missing.rules import Kind, SaidBy
from kith.subjects.models import Subject

CODE = 40
LINE = 300


class OfAChild(models.Model):
    """A row on a child's record that those who search and those who talk with the child on return may read too."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # the child's circle
    desk = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # the audience of the missing desk

    class Meta:
        abstract = True


class Episode(OfAChild):
    """One absence of a child. What agencies say of it are its accounts; the return that counts is worked out of them.

    `back_at` None: not back yet. `back_by` says what the return rests on: agencies' accounts, or a person's decision.
    """

    reference = models.CharField(max_length=12, unique=True)  # said on the phone and in letters: tells nothing
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    gone_at = models.DateTimeField()  # when last seen, as best known
    gone_is_day = models.BooleanField(default=False)  # only the day is known; gone_at is its start
    told_at = models.DateTimeField()  # when anybody was first told
    missing_from = models.CharField(max_length=CODE, blank=True)  # a code
    back_at = models.DateTimeField(null=True)
    back_is_day = models.BooleanField(default=False)  # only the day is known; back_at is its start
    grade = models.CharField(max_length=CODE, blank=True)  # the latest grade's code
    last_seen_at_place = models.CharField(max_length=LINE, blank=True)
    circumstances = models.TextField(blank=True)
    clothing = models.CharField(max_length=LINE, blank=True)
    carries = models.CharField(max_length=LINE, blank=True)  # phone, money, travel card
    likely_places = models.TextField(blank=True)
    companions = models.TextField(blank=True)
    harm_feared = models.JSONField(default=list)  # codes
    opened_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    sent_as = models.UUIDField(null=True, unique=True)  # of the form's own mark and everything typed into it
    not_missing_because = models.CharField(max_length=LINE, blank=True)  # was reported in error; kept, not counted

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(back_at=None) | Q(back_at__gte=F("gone_at")), name="back_after_gone")
        ]
        indexes = [
            models.Index(fields=["subject", "-gone_at"]),
            models.Index(fields=["-gone_at"]),
            models.Index(fields=["back_at"]),
        ]

    def __str__(self) -> str:
        return self.reference


class Account(OfAChild):
    """What one agency says of one absence: its own number, start and end. Counted for that agency, whoever else tells.

    Its episode is the absence it is taken to tell of; `joined_because`: why it stands beside another agency's account.
    """

    told_of = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")  # the record it was told of
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="accounts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=80, blank=True)  # the agency's own, such as MP/1234
    came_by = models.CharField(max_length=CODE)  # feed, form, email, api
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    gone_at = models.DateTimeField()
    gone_is_day = models.BooleanField(default=False)
    back_at = models.DateTimeField(null=True)
    back_is_day = models.BooleanField(default=False)
    missing_from = models.CharField(max_length=CODE, blank=True)
    grade = models.CharField(max_length=CODE, blank=True)
    found_at_place = models.CharField(max_length=LINE, blank=True)
    found_place = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, related_name="+")
    told_by = models.CharField(max_length=200, blank=True)  # name and post of whoever reported
    told_at = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.SET_NULL, null=True, related_name="+")
    feed = models.CharField(max_length=80, blank=True)
    feed_key = models.CharField(max_length=200, blank=True)
    joined_because = models.CharField(max_length=LINE, blank=True)
    joined_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")  # None: by the rule
    kept_apart = models.BooleanField(default=False)  # a person said that it is an absence of its own
    # where it stood before a person moved it, so that it can go back
    moved_from = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)  # the agency has taken it back

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "feed_key"], condition=~Q(feed=""), name="an_agency_tells_an_absence_once"
            ),
        ]
        indexes = [models.Index(fields=["subject", "gone_at"]), models.Index(fields=["agency", "gone_at"])]


class Return(OfAChild):
    """Somebody's word on when and where a child came back. Never changed: a correction is a new row with its reason."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="returns")
    said_by = models.CharField(max_length=10, choices=[(one.value, one.value) for one in SaidBy])
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="returns")
    back_at = models.DateTimeField()
    back_is_day = models.BooleanField(default=False)
    place = models.CharField(max_length=LINE, blank=True)
    place_subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, related_name="+")
    found_by = models.CharField(max_length=CODE, blank=True)  # a code
    returned_to = models.CharField(max_length=CODE, blank=True)  # a code
    harm_seen = models.TextField(blank=True)
    why = models.CharField(max_length=LINE, blank=True)  # of a correction
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(said_by=SaidBy.CORRECTION.value) | ~Q(why=""), name="a_correction_has_its_reason"
            )
        ]


class Grade(OfAChild):
    """How quickly the search must act, who said so and why. Each grading is another row."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="grades")
    code = models.CharField(max_length=CODE)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    grader = models.CharField(max_length=200, blank=True)  # name and post, where not whoever is signed in
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reasons = models.TextField(blank=True)
    consider_high = models.JSONField(default=list)  # what on record asked to consider high, in words, as it stood then
    why_not_high = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code="high") | Q(consider_high=[]) | Q(why_not_high__gt=""),
                name="not_high_against_the_record_has_its_reason",
            )
        ]


class Update(OfAChild):
    """What is being done to find the child, by whom."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="updates")
    text = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Drawn(models.Model):
    """How far the happenings that feeds have told were made into episodes: one row."""

    up_to = models.DateTimeField()
