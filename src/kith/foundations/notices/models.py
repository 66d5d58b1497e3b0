"""What somebody has to be told, each row for one person."""

from __future__ import annotations

from django.db import models

from kith.foundations.access.models import Viewer


class Notice(models.Model):
    """One thing that one person is told, on their desk until they have seen it. Its words never name anybody."""

    viewer = models.ForeignKey(Viewer, on_delete=models.CASCADE, related_name="+", db_index=False)
    text = models.CharField(max_length=300)
    path = models.CharField(max_length=300)  # the page where it can be acted on
    about = models.CharField(max_length=120)  # the work it tells of, such as `episode:17`
    once = models.CharField(max_length=160)  # what is told again under the same words of this is told already
    at = models.DateTimeField()
    pushed = models.BooleanField(default=False)  # they were sent a letter and a text message too
    kept_quiet = models.BooleanField(default=False)  # would have been pushed, had the day's number not been reached
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["viewer", "once"], name="told_once")]
        indexes = [models.Index(fields=["viewer", "seen_at", "-at"])]
