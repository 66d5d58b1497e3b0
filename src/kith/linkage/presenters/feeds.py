"""What the feeds pages show: every feed and how it stands, one feed in words, one delivery's account."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kith.linkage.feeds.definition import Definition
from kith.linkage.models import Delivery, Reject
from kith.linkage.queries.feeds import Feed
from kith.linkage.rules.freshness import FAILED, FRESH, LATE, NEVER, SILENT, Rhythm

STATES = {
    SILENT: ("Silent", "overdue"),
    FAILED: ("Not read", "overdue"),
    LATE: ("Late", "soon"),
    NEVER: ("Never arrived", "soon"),
    FRESH: ("Fresh", "done"),
}
DELIVERY_STATES = {
    "received": "Being read",
    "people": "Being loaded",
    "written": "Being finished",
    "loaded": "Loaded",
    "failed": "Could not be read",
    "unknown": "Nobody’s feed",
}
FORMATS = {
    "csv": "Separated values (CSV)", "xlsx": "Spreadsheet (XLSX)", "xml": "XML", "jsonl": "JSON lines",
    "fixed": "Fixed width text",
}  # fmt: skip
MODES = {
    "delta": "Each file has rows that are new or have changed",
    "snapshot": "Each file has everything; what is no longer there is ended, never erased",
    "changes": "Each file has changes, and says which rows were deleted; those are ended, never erased",
}
_STATE_ORDER = {state: place for place, state in enumerate(STATES)}
SORTS: dict[str, Callable[[Feed], Any]] = {
    "agency": lambda one: (one.agency.lower(), one.definition.title.lower()),
    "feed": lambda one: one.definition.title.lower(),
    "state": lambda one: (_STATE_ORDER[one.freshness.state], one.agency.lower(), one.definition.title.lower()),
    "rejected": lambda one: (-(one.last.rows_rejected if one.last else 0), one.definition.title.lower()),
    "rows": lambda one: (-(one.last.rows_read if one.last else 0), one.definition.title.lower()),
}


@dataclass(frozen=True)
class FeedRow:
    """A feed in the list."""

    feed: str
    title: str
    agency: str
    state: str
    kind: str  # how loudly the state is said
    sentence: str
    rows: int | None
    rejected: int | None
    delivery: int | None


def feed_rows(shown: Iterable[Feed], *, sort: str, agency: str, only: str) -> list[FeedRow]:
    """The list, narrowed to an agency or to feeds that are not as they should be."""
    chosen = [one for one in shown if agency in ("", one.definition.agency) and _is_asked_for(one, only)]
    return [_feed_row(one) for one in sorted(chosen, key=SORTS.get(sort, SORTS["state"]))]


def _is_asked_for(one: Feed, only: str) -> bool:
    return {"": True, "wrong": one.freshness.state != FRESH, "silent": one.freshness.state == SILENT}.get(only, True)


def _feed_row(one: Feed) -> FeedRow:
    words, kind = STATES[one.freshness.state]
    last = one.last
    return FeedRow(
        feed=one.definition.feed,
        title=one.definition.title,
        agency=one.agency,
        state=words,
        kind=kind,
        sentence=_sentence(one.freshness.sentence.removeprefix(f"{one.freshness.state}: ")),  # the badge says it
        rows=last.rows_read if last else None,
        rejected=last.rows_rejected if last else None,
        delivery=last.pk if last else None,
    )


@dataclass(frozen=True)
class FeedShown:
    """One feed: how it stands, and its definition in words."""

    feed: str
    title: str
    about: str
    agency: str
    state: str
    kind: str
    sentence: str
    definition: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str, str], ...]


def show_feed(one: Feed) -> FeedShown:
    row = _feed_row(one)
    made = one.definition
    return FeedShown(
        feed=made.feed,
        title=made.title,
        about=made.about,
        agency=one.agency,
        state=row.state,
        kind=row.kind,
        sentence=row.sentence,
        definition=tuple(pair for pair in _definition(made) if pair[1]),
        columns=tuple((column.title, column.name.replace("_", " "), _must_be(column)) for column in made.columns),
    )


def _definition(made: Definition) -> list[tuple[str, str]]:
    rhythm = Rhythm(made.arrives.every, made.arrives.every_words, made.arrives.silent_after)
    return [
        ("Comes", rhythm.in_words.capitalize()),
        ("What a file has", MODES[made.arrives.mode]),
        ("Format", FORMATS[made.format.kind]),
        ("Known by its name", ", ".join(made.recognise.files)),
        ("Known by its columns", ", ".join(made.recognise.columns)),
        ("Numbers of people", f"The numbers of {made.system}"),
        ("Who may read it", _audience(made)),
        ("Kept", made.retention_keep),
        ("Why so long", made.retention_source),
        ("Sharing agreement", made.sharing_agreement or "None named in the definition"),
    ]


def _audience(made: Definition) -> str:
    if made.restricted_to:
        return f"Only those to whom the part “{made.restricted_to.replace('-', ' ')}” is open, not the whole circle"
    known = "" if made.known_existence else "; that the agency knows the child may not be told to others"
    return f"The circle of whoever it is about{known}"


def _must_be(column: Any) -> str:
    words = [column.type.replace("_", " ")] if column.type != "text" else []
    words += ["must be there"] if column.required else []
    words += ["not in the future"] if column.not_future else []
    return ", ".join(words)


@dataclass(frozen=True)
class DeliveryShown:
    """One delivery's account."""

    delivery: int
    feed: str
    file: str
    state: str
    is_wrong: bool
    came: datetime
    speaks_of: Any
    problem: str
    notes: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    rejected: int
    sha256: str


def show_delivery(one: Delivery) -> DeliveryShown:
    changed = max(one.rows_loaded - one.rows_unchanged, 0)
    return DeliveryShown(
        delivery=one.pk,
        feed=one.feed,
        file=one.file_name,
        state=DELIVERY_STATES.get(one.state, one.state),
        is_wrong=one.state in ("failed", "unknown"),
        came=one.received_at,
        speaks_of=one.as_at,
        problem=one.problem,
        notes=tuple(one.notes),
        counts=(
            ("Rows read", one.rows_read),
            ("Loaded, new or changed", changed),
            ("Unchanged since last time", one.rows_unchanged),
            ("Rejected", one.rows_rejected),
            ("Values set aside", one.values_set_aside),
            ("Ended", one.rows_ended),
        ),
        rejected=one.rows_rejected,
        sha256=one.sha256,
    )


@dataclass(frozen=True)
class RejectShown:
    """A rejected row: its number, what to mend, and its cells."""

    row: int
    reasons: tuple[str, ...]
    cells: tuple[tuple[str, str], ...]


def show_rejects(rejects: Iterable[Reject]) -> list[RejectShown]:
    return [
        RejectShown(one.row, tuple(one.reasons), tuple((name, cell) for name, cell in one.original.items() if cell))
        for one in rejects
    ]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] if words else ""
