"""Problem profiles: of what they may be, what they count, and the published rules that ask questions. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_suffix(".yaml")
BETWEEN = ":"  # a subject's kind and its key
SMALL = (
    "Every number stands in tens (fewer than 10, 10 to 19, and so on), hours of the week in fives; shares and changes "
    "are worked out from these. A number that fewer than five children stand behind is not shown"
)
NAMED_FROM = 10  # events below which a public place is not named in somebody else's profile
COMPARED_FROM = 20  # events that each side of a comparison needs


class SubjectKind(StrEnum):
    """What a problem profile is of."""

    PLACE = "place"
    THEME = "theme"
    LOCALITY = "locality"


SUBJECT_KINDS = {
    SubjectKind.THEME: "A kind of harm, in the whole area",
    SubjectKind.LOCALITY: "A locality",
    SubjectKind.PLACE: "A public place",
}


@dataclass(frozen=True)
class Theme:
    """A kind of harm, and by which words an event of each kind belongs to it; no words: every event of the kind."""

    key: str
    title: str
    about: str
    events: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Question:
    """A published rule: what it looks at, from how many in ten, what it asks, and why."""

    key: str
    finding: str
    asks: str
    why: str
    tenths: int = 0


@dataclass(frozen=True)
class Subject:
    """What one profile is of: a place by its code in cuts, a theme by its key, a locality by its name."""

    kind: SubjectKind
    key: str
    title: str

    @property
    def name(self) -> str:
        """Its kind and key in one, as a report keeps it."""
        return f"{self.kind}{BETWEEN}{self.key}"

    @property
    def events(self) -> dict[str, tuple[str, ...]]:
        """Kinds of events, and the words by which each belongs."""
        if self.kind is SubjectKind.THEME:
            return dict(themes()[self.key].events)
        return dict.fromkeys(every_event(), ())


def subject(name: str, title: str) -> Subject | None:
    """A subject by its name; None where there is none. Raises ValueError where it is of no kind."""
    kind, _, key = name.partition(BETWEEN)
    return Subject(SubjectKind(kind), key, title) if name else None


@cache
def themes() -> dict[str, Theme]:
    """Every theme by its key."""
    return {
        one["key"]: Theme(
            one["key"], one["title"], one["about"], {kind: tuple(words) for kind, words in one["events"].items()}
        )
        for one in _read()["themes"]
    }


@cache
def questions() -> tuple[Question, ...]:
    """Every published rule, in order."""
    return tuple(Question(**one) for one in _read()["questions"])


@dataclass(frozen=True)
class Finding:
    """What was found that a rule may ask about. `tenths`: how many in ten; the rest fills the question."""

    tenths: int = 10
    share: str = ""
    agency: str = ""
    names: str = ""


def asked(findings: Mapping[str, Finding]) -> list[tuple[Question, str]]:
    """The questions that follow from what was found, each with its rule, in the rules' order."""
    return [
        (one, one.asks.format(share=found.share, agency=found.agency, names=found.names))
        for one in questions()
        if (found := findings.get(one.finding)) is not None and found.tenths >= one.tenths
    ]


def every_event() -> tuple[str, ...]:
    """Kinds of events that places and localities are profiled by."""
    return tuple(_read()["events"])


def help_events() -> tuple[str, ...]:
    """Kinds of events that tell of help."""
    return tuple(_read()["help"])


@cache
def _read() -> dict:  # type: ignore[type-arg]
    return dict(yaml.safe_load(FILE.read_text(encoding="utf-8")))
