"""The records behind one person, of which some may be somebody else's, and what has been asked and decided of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kith.foundations.access.models import Agency, Scope, Viewer
from kith.linkage.models import PartingRequest, SourceRecord
from kith.linkage.queries.matches import Side, source_for_review
from kith.linkage.rules.stated import Stated
from kith.linkage.settling.feed_words import FeedWords, feed_words
from kith.subjects.models import Reference


@dataclass(frozen=True)
class Record:
    """One agency's record of somebody: its reference, and what each of that agency's feeds says under it."""

    reference: int
    said: tuple[Stated, ...]


def records_of(subject_id: int) -> list[Record]:
    """Every record behind a person, as far as this viewer reads them. A fixed number of queries."""
    return _opened(Reference.objects.filter(subject_id=subject_id, kind="person"))


def records_with(references: Collection[int]) -> list[Record]:
    """These records and every other of the same people."""
    subjects = Reference.objects.filter(pk__in=references).values_list("subject_id", flat=True)
    return _opened(Reference.objects.filter(subject_id__in=list(subjects), kind="person"))


def subjects_of(references: Iterable[int]) -> dict[int, int | None]:
    """Whose each of these references is now."""
    return dict(Reference.objects.filter(pk__in=list(references)).values_list("pk", "subject_id"))


def open_partings() -> list[PartingRequest]:
    """What workers have asked and nobody has decided, the first first."""
    return list(PartingRequest.objects.filter(decided_at=None).select_related("by__agency").order_by("at", "pk"))


def parting_numbered(number: int) -> PartingRequest | None:
    """One request, or None."""
    found = PartingRequest.objects.select_related("by__agency", "decided_by")
    return found.filter(pk=number).first()


def asked_by(viewer: Viewer, references: Iterable[int]) -> list[PartingRequest]:
    """What the viewer has asked about any of these records, newest first."""
    mine = PartingRequest.objects.filter(by=viewer, chosen__overlap=list(references))
    return list(mine.select_related("decided_by").order_by("-at", "-pk"))


def side_of(records: Collection[Record]) -> Side:
    """Some records as one side of a comparison."""
    first = next(iter(records)).reference
    return Side(0, first, tuple(stated for record in records for stated in record.said))


def _opened(found: Iterable[Reference]) -> list[Record]:
    references = [reference.pk for reference in found]
    rows = list(SourceRecord.objects.filter(reference_id__in=references).order_by("reference_id", "feed"))
    kept = {row.scope_id for row in rows if row.scope_id}
    restricted = set(Scope.objects.filter(pk__in=kept, kind="restricted").values_list("pk", flat=True))
    agencies = {agency.key: agency for agency in Agency.objects.all()}
    words, said = feed_words(), {reference: list[Stated]() for reference in references}
    for row in rows:
        feed = words.get(row.feed) or FeedWords(row.feed)
        source = source_for_review(row, feed, agencies, row.scope_id in restricted)
        said[row.reference_id].append(Stated(source, {name: str(value) for name, value in row.facts.items() if value}))
    return [Record(reference, tuple(stated)) for reference, stated in said.items() if stated]
