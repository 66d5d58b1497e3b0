"""What is asked of somebody without an account, in which order and in whose words; how much, how often, how long.

Plain Python: time is passed in.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

Typed = dict[str, list[str]]
"""What was typed and chosen on one page: each field's name with its values, as the form sent them."""

LONGEST = 20_000  # letters kept of one answer; front_door.rules.LONGEST_WORDS, which a test holds it to
MOST_FIELDS = 120  # answers kept of one page
MOST_PEOPLE = 10
MOST_FILES = 4
KEPT_FOR = timedelta(hours=24)
POSTS_A_MINUTE, KEEPS_A_MINUTE, TRIES_A_MINUTE, CODES_A_MINUTE = 90, 120, 8, 4
TRIES_AT_A_CODE = 5
NEVER_KEPT = ("csrfmiddlewaretoken", "once", "go", "find", "add", "remove", "again", "another", "take_out", "file")
CAREFUL = ("parent", "young-person")  # they may share the device with somebody who must not know
ASKED = ("where", "what", "people", "you")
PERSON_FIRST = ("child", "adult")


def pages_for(kind: str, about: str) -> tuple[str, ...]:
    """The pages between the first and the answers, in order, for whoever tells and what it is about."""
    asked = ("people", "where", "what", "you") if about in PERSON_FIRST else ASKED
    return (*(("safety",) if kind in CAREFUL else ()), *asked)


def page_after(page: str, kind: str, about: str) -> str:
    """What comes after a page; `check` after the last."""
    order = ("start", *pages_for(kind, about), "check")
    return order[order.index(page) + 1] if page in order[:-1] else "check"


def page_before(page: str, kind: str, about: str) -> str:
    order = ("start", *pages_for(kind, about), "check")
    return order[order.index(page) - 1] if page in order[1:] else "start"


def progress(page: str, about: str) -> str:
    """Such as "Question 2 of 5". The first page and the safety page are not counted."""
    asked = [one for one in pages_for("", about) if one in ASKED]
    return f"Question {asked.index(page) + 1} of {len(asked)}" if page in asked else ""


@dataclass(frozen=True)
class Kept:
    """What is kept of what was sent. `cut`: the fields whose end was not kept because there was too much."""

    typed: Typed
    cut: tuple[str, ...] = ()


def what_is_kept(given: Iterable[tuple[str, Sequence[str]]]) -> Kept:
    """Everything but tokens, up to LONGEST letters an answer. A letter that no database holds is left out."""
    typed: Typed = {}
    cut = []
    for name, values in list(given)[:MOST_FIELDS]:
        if name in NEVER_KEPT or len(name) > 60:
            continue
        whole = [value.replace("\x00", "") for value in values[:20]]
        typed[name] = [value[:LONGEST] for value in whole if value]
        if any(len(value) > LONGEST for value in whole):
            cut.append(name)
    return Kept({name: values for name, values in typed.items() if values}, tuple(cut))


def one_line(words: str) -> str:
    """Words as one line: what would break a line, and so a letter's head, becomes a space."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]", " ", words).split())


def source_mark(secret: str, address: str, on: date) -> str:
    """A number for where a request came from: another one each day, from which the address cannot be read."""
    return hmac.new(secret.encode(), f"doors:{on.isoformat()}:{address}".encode(), sha256).hexdigest()


def email_code(secret: str, once: bytes, email: str, turn: int) -> str:
    """Six figures that prove an address: for one report, one address and one sending."""
    words = b"email:" + once + email.lower().encode() + bytes([turn % 256])
    return f"{int.from_bytes(hmac.new(secret.encode(), words, sha256).digest()[:8], 'big') % 1_000_000:06d}"


def forgotten_before(now: datetime) -> datetime:
    """What was last touched before this is removed."""
    return now - KEPT_FOR


@dataclass(frozen=True)
class Position:
    """Degrees north and east."""

    latitude: float
    longitude: float


def read_position(typed: str) -> Position | None:
    """Two numbers such as "51.4545, -2.5879", in or near the United Kingdom; None for anything else."""
    found = re.fullmatch(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*", typed)
    if not found:
        return None
    at = Position(float(found[1]), float(found[2]))
    return at if 49 <= at.latitude <= 61.5 and -9 <= at.longitude <= 2.5 else None


FRONT_DOOR = "The front door team."
SEEN_BY: Mapping[str, str] = {
    "start": FRONT_DOOR,
    "where": "The front door team, and whoever they ask to make this place or person safer.",
    "what": "The front door team. If they act on it, the workers who then help. Your name is not part of it.",
    "people": "The front door team, and those who work with the people you name.",
    "you": "The front door team. Other agencies may see your name, unless you ask us not to tell them.",
    "reach": "The front door team only.",
}
