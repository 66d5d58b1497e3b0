"""Letters that were written, and whether they went."""

from __future__ import annotations

from django.db import models

from kith.foundations.access.models import Scope


class Message(models.Model):
    """Words that leave Kith. They never name a child: they may be read over a shoulder."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # of the work it tells of
    about = models.CharField(max_length=120)  # what work it tells of, such as `contact:17`
    body = models.TextField()
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)  # the last one, while it has not gone

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["about"])]


class Letter(Message):
    """An email."""

    to = models.EmailField()
    subject = models.CharField(max_length=200)


class Text(Message):
    """A text message to a phone."""

    to = models.CharField(max_length=40)
