"""A context as the rules know it."""

from __future__ import annotations

from kith.contexts.models import Weighed
from kith.contexts.rules import Stood


def as_stood(one: Weighed, title: str) -> Stood:
    """`title` is what whoever reads it may call it."""
    key = f"record:{one.linked_id}" if one.linked_id else f"{one.kind}:{one.called.casefold()}"
    told = "\n".join(words for said in one.agencies_say for words in (said["agency"], said["words"]))
    words = "\n".join((one.child_says, one.parent_says, one.harm, one.safety, one.why, told))
    return Stood(key, title, one.weight, one.gives, words)
