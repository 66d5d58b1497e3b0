"""Everything that record pages read, as plain rows, to compare before and after."""

from __future__ import annotations

from typing import Any

from kith.chronology.models import Dispute, EntrySubject
from kith.foundations.access.models import ViewerScope
from kith.linkage.models import SourceRecord
from kith.subjects.models import Headline, Involvement, LinkEvidence, Person, Reference, Subject


def everything_shown() -> dict[str, list[tuple[Any, ...]]]:
    """Who is who, what stands on each record, and who may read it."""
    standing = Subject.objects.filter(joined_into=None, references__isnull=False).distinct()
    return {
        "references": sorted(Reference.objects.values_list("pk", "subject_id", "scope_id")),
        "subjects": sorted(standing.values_list("pk", "name", "scope_id", "what_matters_now")),
        "people": sorted(Person.objects.values_list(*[f.attname for f in Person._meta.fields]), key=repr),
        "headlines": sorted(Headline.objects.values_list("pk", "name", "date_of_birth", "ring"), key=repr),
        "records": sorted(SourceRecord.objects.values_list("pk", "reference_id", "scope_id")),
        "entries": sorted(EntrySubject.objects.values_list("pk", "subject_id", "scope_id", "part", "private_text")),
        "links": sorted(
            LinkEvidence.objects.values_list("pk", "subject_id", "other_id", "scope_id", "ended_at"), key=repr
        ),
        "workers": sorted(Involvement.objects.values_list("pk", "subject_id", "scope_id")),
        "disputes": sorted(Dispute.objects.values_list("pk", "scope_id")),
        "may read": sorted(ViewerScope.objects.values_list("viewer_id", "scope_id", "until"), key=repr),
    }
