"""Questions about kept files. Row security shows only those of the scopes one holds."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from kith.foundations.documents.models import Document


def document_numbered(document_id: int) -> Document | None:
    """The file with its content; None where there is none for whoever looks."""
    return Document.objects.filter(pk=document_id).first()


def documents_named(document_ids: Iterable[int]) -> QuerySet[Document]:
    """For a list on a page: without their content."""
    return Document.objects.filter(pk__in=document_ids).defer("content").order_by("pk")
