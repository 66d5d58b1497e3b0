"""What somebody without an account has answered so far, how often somewhere knocks, and the words of help pages."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kith.foundations.access.models import Viewer


class ReportSoFar(models.Model):
    """Answers that are not yet sent, found again by a token in the visitor's session. Only the doors' own job sees it.

    Once sent, its words are gone and only what the receipt needs stays, so that the same form sent again finds it.
    """

    token = models.CharField(max_length=64, unique=True)
    once = models.UUIDField(unique=True)  # the report's own mark: however often it is sent, it is one
    pages = models.JSONField(default=dict)  # each page's name with what was typed there
    posted = models.JSONField(default=dict)  # each page's name with the mark of the form that was sent from it last
    started_at = models.DateTimeField()
    kept_at = models.DateTimeField()
    proved_email = models.EmailField(blank=True)  # the address whose code was given back
    codes_sent = models.PositiveSmallIntegerField(default=0)
    code_for = models.EmailField(blank=True)  # the address the last code went to
    tries = models.PositiveSmallIntegerField(default=0)  # at the last code
    sent_at = models.DateTimeField(null=True)
    reference = models.CharField(max_length=16, blank=True)
    reply_by = models.DateTimeField(null=True)
    passed_to = models.JSONField(default=dict)  # another area's front door, as the giver was told: {name, phone}

    class Meta:
        indexes = [models.Index(fields=["kept_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(pages={}), name="what_was_sent_leaves_no_words_behind"
            ),
        ]


class FileSoFar(models.Model):
    """A file given with a report that is not yet sent: checked and cleaned already. It goes with the report."""

    report = models.ForeignKey(ReportSoFar, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=80)  # the media type found in it
    content = models.BinaryField()
    note = models.CharField(max_length=400, blank=True)  # what was taken out of it
    position = models.CharField(max_length=200, blank=True)  # where a picture says it was taken, if that is to be kept

    class Meta:
        ordering = ["pk"]


class Knock(models.Model):
    """How often one source knocked in one minute. `source` cannot be turned back into an address, and changes daily."""

    source = models.CharField(max_length=64)
    door = models.CharField(max_length=20)  # what was knocked for: post, keep, follow, code
    minute = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "door", "minute"], name="one_count_a_minute")]
        indexes = [models.Index(fields=["minute"])]


class HelpWords(models.Model):
    """One version of a block of words on a help page, as the partnership wrote it. The newest counts; all are kept."""

    block = models.CharField(max_length=60)  # a key of helping.yaml
    text = models.TextField(blank=True)  # empty: the words that came with Kith, or the partnership's file
    at = models.DateTimeField()
    by = models.ForeignKey(Viewer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["block", "-at"])]
