"""Letters that were written, and whether they went."""

from __future__ import annotations

from django.db import models

from kith.foundations.access.models import Scope


class Letter(models.Model):
    """An email to somebody without a sign-in. Its words never name a child: it may be read over a shoulder."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # of the work it tells of
    about = models.CharField(max_length=120)  # what work it tells of, such as `contact:17`
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)  # the last one, while it has not gone

    class Meta:
        indexes = [models.Index(fields=["about"])]
