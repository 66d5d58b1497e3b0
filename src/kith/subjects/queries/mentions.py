"""Whom a note names: records open to its writer, found by the beginning of a name or by names in what is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Lower, StrIndex
from django.db.models.lookups import GreaterThan
from django.utils.timezone import localdate

from kith.foundations.access.models import Viewer, ViewerScope
from kith.foundations.access.queries import scopes_opened_by_work
from kith.subjects.models import Subject
from kith.subjects.queries.choosing import NOUGHT, Candidate, candidates
from kith.subjects.rules import SubjectKind

OFFERED_AT_MOST = 8
SUGGESTED_AT_MOST = 6
LOOKED_THROUGH = 20_000  # characters of a note
KINDS = {"@": (SubjectKind.PERSON.value, SubjectKind.GROUP.value), "#": (SubjectKind.PLACE.value,)}
"""What may stand after each mark: people and groups, or places."""


def mentioned(viewer: Viewer, mark: str, begun: str, leave_out: Iterable[int], now: datetime) -> tuple[Candidate, ...]:
    """Records open to the viewer in whose name each word begun begins a word, those of their own work first."""
    words = begun.split()
    if not words or mark not in KINDS:
        return ()
    found = _open_to(viewer).filter(kind__in=KINDS[mark]).exclude(pk__in=list(leave_out))
    for word in words:
        beginning = rf"(^|[^[:alnum:]]){re.escape(word)}"
        found = found.filter(Q(name__iregex=beginning) | Q(person__known_as__iregex=beginning))
    return candidates(_own_work_first(found, viewer, now)[:OFFERED_AT_MOST], localdate(now))


def named_in(viewer: Viewer, text: str, leave_out: Iterable[int], now: datetime) -> tuple[Candidate, ...]:
    """Records of the viewer's own work that a text names in full, or by a first name after a mark: "@Amara".

    A suggestion and no more: another child may have the same name.
    """
    given = text[:LOOKED_THROUGH].replace(NOUGHT, "").casefold()
    if not given.strip():
        return ()
    there = _open_to(viewer).filter(scope_id__in=scopes_opened_by_work(viewer, now).values("scope_id"))
    there = there.exclude(pk__in=list(leave_out)).filter(_stands_in(given)).order_by("kind", "name", "pk")
    found = [subject for subject in there if _is_named(subject, given)]
    return candidates(found[:SUGGESTED_AT_MOST], localdate(now))


def _open_to(viewer: Viewer) -> QuerySet[Subject]:
    """Row security decides; the scopes held are named as well, so that only their rows are read."""
    held = ViewerScope.objects.filter(viewer=viewer).values("scope_id")
    return Subject.objects.filter(joined_into=None, scope_id__in=held).select_related("person", "place")


def _own_work_first(found: QuerySet[Subject], viewer: Viewer, now: datetime) -> QuerySet[Subject]:
    work = scopes_opened_by_work(viewer, now).exclude(reason_kind="place").values("scope_id")
    order = Case(When(scope_id__in=work, then=Value(0)), default=Value(1), output_field=IntegerField())
    return found.annotate(order=order).order_by("order", "name", "pk")


def _stands_in(given: str) -> Q:
    """What may be named, roughly, so that few rows are read: `_is_named` looks closer."""
    whole = StrIndex(Value(given), Lower("name"))
    first = StrIndex(Value(given), Concat(Value("@"), Lower("person__first_name")))
    known_as = StrIndex(Value(given), Concat(Value("@"), Lower("person__known_as")))
    somebody = Q(kind=SubjectKind.PERSON.value)
    return (
        Q(GreaterThan(whole, 0))
        | (somebody & ~Q(person__first_name="") & Q(GreaterThan(first, 0)))
        | (somebody & ~Q(person__known_as="") & Q(GreaterThan(known_as, 0)))
    )


def _is_named(subject: Subject, given: str) -> bool:
    person = getattr(subject, "person", None)
    mark = "#" if subject.kind == SubjectKind.PLACE.value else "@"
    names = [f"{mark}{subject.name}"]
    if " " in subject.name.strip():  # one word alone may be any word
        names.append(subject.name)
    if person:
        names += [f"@{name}" for name in (person.first_name, person.known_as) if name]
    return any(_as_words(name, given) for name in names)


def _as_words(name: str, given: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", given) is not None
