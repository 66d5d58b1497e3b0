"""Keeping a checked file, and giving it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kith.foundations.access.models import Scope, Viewer
from kith.foundations.audit.actions import record
from kith.foundations.documents.models import Document
from kith.foundations.documents.rules import Checked

NOTE_AT_MOST = 400


@transaction.atomic
def keep(
    *, checked: Checked, scope: Scope, by: Viewer, now: datetime, from_nobody: bool = False, keep_gps: bool = False
) -> Document:
    """Keeps a file for those who hold `scope`. `from_nobody`: whoever brought it has no account, and `by` is the job
    that takes it in. `keep_gps`: somebody chose on purpose that the place a picture was taken at stands in the note.
    """
    kept = keep_gps and bool(checked.position)
    place = f" Where it says that it was taken: {checked.position}." if kept else ""
    document = Document.objects.create(
        scope=scope,
        name=checked.name,
        kind=checked.kind.media_type,
        size=checked.size,
        sha256=checked.sha256,
        content=checked.content,
        received_at=now,
        brought_by=None if from_nobody else by,
        gps_kept=kept,
        note=(checked.note + place).strip()[:NOTE_AT_MOST],
    )
    record(viewer=by, action="keep-document", what=_in_words(document), details=_details(document), now=now)
    return document


def note_read(*, document: Document, by: Viewer, now: datetime) -> None:
    """Somebody took a file away."""
    record(viewer=by, action="read-document", what=_in_words(document), details=_details(document), now=now)


def _in_words(document: Document) -> str:
    """Without its name, which may be a child's."""
    return f"Document {document.pk}: {document.get_kind_display()}, {document.size} bytes"


def _details(document: Document) -> dict[str, object]:
    return {"document": document.pk, "scope": document.scope_id, "sha256": document.sha256}
