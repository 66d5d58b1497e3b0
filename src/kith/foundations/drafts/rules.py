"""What of a form is kept until it is sent, how much, how long, and when two sendings are one.

Plain Python: time is passed in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

Fields = dict[str, list[str]]
"""What was typed and chosen: each field's name with its values, as a form sends them."""

LARGEST = 200_000  # bytes of one draft
LARGEST_AT_TIME_OUT = (
    4_000_000  # bytes kept of what was sent as somebody's time ran out: there is no page to go back to
)
MOST = 50  # drafts of one viewer; the oldest gives way
KEPT_FOR = timedelta(days=30)
MARK = "once"  # the field that carries a form's own mark
NEVER_KEPT = ("csrfmiddlewaretoken", MARK)
SECRET = ("password", "passcode", "otp")  # what holds one of these in its name is never kept


def fields_kept(given: Iterable[tuple[str, Sequence[str]]]) -> Fields:
    """What is kept of a form: not its tokens, nothing secret, and nothing empty. Files are not among the fields."""
    kept = {_holdable(name): [_holdable(one) for one in values if one] for name, values in given if _may_be_kept(name)}
    return {name: values for name, values in kept.items() if values}


def _may_be_kept(name: str) -> bool:
    return name not in NEVER_KEPT and not any(word in name.lower() for word in SECRET)


def _holdable(text: str) -> str:
    """Without what no database holds: noughts, and halves of characters."""
    return text.replace("\x00", "").encode(errors="ignore").decode()


def size_of(fields: Fields) -> int:
    """Bytes that the fields take."""
    return len(json.dumps(fields, ensure_ascii=False).encode())


def sent_as(mark: UUID, path: str, fields: Mapping[str, Sequence[str]]) -> UUID:
    """One for one form and everything in it, in whatever order things were chosen."""
    return uuid5(mark, json.dumps([path, {name: sorted(values) for name, values in fields.items()}], sort_keys=True))


def first_words(fields: Fields, at_most: int = 120) -> str:
    """The beginning of the longest answer, by which somebody knows their own words again."""
    longest = max((value for values in fields.values() for value in values), key=len, default="")
    said = " ".join(longest.split())
    return said if len(said) <= at_most else said[:at_most].rsplit(" ", 1)[0] + " …"


def forgotten_before(now: datetime) -> datetime:
    """Drafts last kept before this are removed."""
    return now - KEPT_FOR


def own_words(fields: Fields, at_least: int = 25) -> tuple[str, ...]:
    """Every answer long enough to be somebody's own words, whole, so that none is lost where its form is gone."""
    return tuple(value for values in fields.values() for value in values if len(value) >= at_least)
