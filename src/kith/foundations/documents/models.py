"""Files that were sent, as they were kept: cleaned, and each with the audience of what it came with."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kith.foundations.access.models import Scope, Viewer
from kith.foundations.documents.rules import LARGEST, Kind


class Document(models.Model):
    """One file. `kind` is the media type found in it; `note` says what was taken out, and where it was taken if that
    was chosen to be kept. Never changed.
    """

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=80, choices=[(kind.media_type, kind.called) for kind in Kind])
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    received_at = models.DateTimeField()
    brought_by = models.ForeignKey(Viewer, on_delete=models.PROTECT, null=True, related_name="+")  # None: no account
    gps_kept = models.BooleanField(default=False)  # somebody chose that the place where it was taken stands in the note
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0, size__lte=LARGEST), name="a_document_is_not_too_large"),
        ]

    def __str__(self) -> str:
        return f"Document {self.pk}"
