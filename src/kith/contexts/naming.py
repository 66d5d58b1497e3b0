"""What words may not name, because more people read them than may know it."""

from __future__ import annotations

from collections.abc import Iterable

from kith.contexts.models import Weighed, Weighing
from kith.contexts.queries.weighings import known_to_all
from kith.foundations.access.permissions import NotAllowed
from kith.subjects.models import Subject
from kith.subjects.naming import child_named, record_named

NAMED = (
    "“{name}” is a record that not everybody who reads this may know. Leave its name out of your words:"
    " it is shown by itself to those who may know it."
)
NAMES_CHILD = (
    "Leave “{name}” out: those who work with this place or group read it too, and need not know for whom it is."
)


def check_names_no_record(*, weighing: Weighing, texts: Iterable[str]) -> None:
    """Raises NotAllowed where words that the child's whole circle reads name a group, or a place not known to all."""
    linked = Subject.objects.filter(pk__in=Weighed.objects.filter(weighing=weighing).values("linked_id"))
    rows = list(linked)
    known = known_to_all(one.pk for one in rows)
    if name := record_named(texts, [one.name for one in rows if one.pk not in known]):
        raise NotAllowed(NAMED.format(name=name))


def check_names_no_child(subject: Subject, text: str) -> None:
    """Raises NotAllowed where words that are read at a place or for a group name the child they are planned for."""
    person = subject.person
    if name := child_named(text, [subject.name, person.first_name, person.last_name, person.known_as]):
        raise NotAllowed(NAMES_CHILD.format(name=name))
