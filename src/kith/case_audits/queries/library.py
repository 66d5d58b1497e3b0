"""Audits that agencies handed in: found by words, agency, theme and how they were judged."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from kith.case_audits.models import Submission
from kith.foundations.access.models import Agency
from kith.foundations.documents.models import Document
from kith.foundations.documents.queries import documents_named


@dataclass(frozen=True)
class Asked:
    """What is looked for. Each of the words stands in title, findings, actions or the agency's name."""

    words: str = ""
    agency: str = ""  # its key
    theme: str = ""
    grade: str = ""
    withdrawn: bool = False

    @property
    def anything(self) -> bool:
        return self != Asked()


def submissions(asked: Asked | None = None) -> QuerySet[Submission]:
    """The newest first; without those that were withdrawn, unless they alone are asked for."""
    asked = asked or Asked()
    rows = _all().filter(withdrawn_at__isnull=not asked.withdrawn)
    for name, value in (("agency__key", asked.agency), ("theme", asked.theme), ("grade", asked.grade)):
        rows = rows.filter(**{name: value}) if value else rows
    for word in asked.words.split()[:8]:
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(findings__icontains=word)
            | Q(actions__icontains=word)
            | Q(agency__name__icontains=word)
        )
    return rows


def submission_or_none(submission_id: int) -> Submission | None:
    """One of them, withdrawn or not."""
    return _all().filter(pk=submission_id).first()


def file_of(audit: Submission) -> Document | None:
    """Its file without the content; None for whom it is not open to."""
    return documents_named([audit.file_id]).first() if audit.file_id else None


def agencies_with_audits() -> list[Agency]:
    """Those that handed one in, by name."""
    return list(Agency.objects.filter(pk__in=Submission.objects.values("agency")).order_by("name"))


def _all() -> QuerySet[Submission]:
    rows = Submission.objects.select_related("agency", "handed_in_by", "withdrawn_by")
    return rows.order_by("-handed_in_at", "-pk")
