"""A context as the rules know it."""

from __future__ import annotations

from kith.contexts.models import Weighed
from kith.contexts.rules import Stood
from kith.subjects.models import Subject


def as_stood(one: Weighed, title: str) -> Stood:
    """`title` is what whoever reads it may call it."""
    key = f"record:{one.linked_id}" if one.linked_id else f"{one.kind}:{one.called.casefold()}"
    told = "\n".join(words for said in one.agencies_say for words in (said["agency"], said["words"]))
    words = "\n".join((one.child_says, one.parent_says, one.harm, one.safety, one.why, told))
    return Stood(key, title, one.weight, one.gives, words)


def kind_of(subject: Subject) -> str:
    """The kind of context that a group's or a place's record is."""
    if subject.kind == "group":
        return "peers"
    kind = subject.place.kind
    return kind if kind in ("school", "online") else "place"
