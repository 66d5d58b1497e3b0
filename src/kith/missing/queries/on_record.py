"""What on a child's record asks whoever grades to consider high.

The details are for those to whom the record is open: they are read as whoever looks. For everybody else who may grade,
a named job answers one sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kith.chronology.kinds import all_kinds, kind
from kith.chronology.models import EntrySubject
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.missing.models import Episode
from kith.missing.rules.grading import FEARED, ON_RECORD, is_refused, speaks_of_exploitation
from kith.subjects.models import Subject

SHOWN = 6
LOOKED_THROUGH = 60
DECIDED, FOUND = "nrm-decision", "assessment-factors"
ALWAYS = ("nrm-referral", DECIDED, "exploitation-flag", FOUND)  # whatever a partnership's own kinds say of their harm


@dataclass(frozen=True)
class OnRecord:
    """One thing on record, as the chronology has it."""

    on: date
    title: str
    words: str


Source = Callable[[int], list[OnRecord]]
_sources: list[Source] = []


def also_ask(source: Source) -> None:
    """From now on `source` is asked too: what rooms above this one know of a subject's harm, as far as may be read."""
    if source not in _sources:
        _sources.append(source)


@dataclass(frozen=True)
class ToConsider:
    """Why to consider high. `details` is empty where the record is closed; `sentences` are never."""

    sentences: tuple[str, ...]
    details: tuple[OnRecord, ...]
    is_open: bool  # whether whoever looks may read the record


def to_consider(episode: Episode) -> ToConsider:
    """For whoever looks."""
    is_open = Subject.objects.filter(pk=episode.subject_id).exists()
    details = on_record(episode.subject_id) if is_open else []
    return ToConsider(tuple(consider_high(episode)), tuple(details[:SHOWN]), is_open)


def consider_high(episode: Episode) -> list[str]:
    """The sentences, the same for whoever grades. They tell that there is something, and nothing of what it is."""
    with viewing_as(system_viewer("missing")):
        found = on_record(episode.subject_id)
    feared = set(episode.harm_feared) & set(FEARED)
    said = [ON_RECORD] if found else []
    return [*said, "Exploitation was feared when they were reported"] if feared else said


def on_record(subject_id: int) -> list[OnRecord]:
    """As far as whoever looks may read, newest first."""
    told = [*_entries(subject_id), *(one for source in _sources for one in source(subject_id))]
    return sorted(told, key=lambda one: one.on, reverse=True)


def _entries(subject_id: int) -> list[OnRecord]:
    kinds = {key for key, one in all_kinds().items() if "exploitation" in one.harm} | set(ALWAYS)
    rows = EntrySubject.objects.filter(subject_id=subject_id, entry__kind__in=kinds)
    rows = rows.filter(entry__superseded_by=None, entry__ended_at=None).select_related("entry")
    return [
        OnRecord(row.on, kind(row.entry.kind).title, row.entry.summary)
        for row in rows.order_by("-on", "-pk")[:LOOKED_THROUGH]
        if _counts(row)
    ]


def _counts(row: EntrySubject) -> bool:
    if row.entry.kind == FOUND:
        return speaks_of_exploitation(row.entry.details.get("factors"))
    return row.entry.kind != DECIDED or not is_refused(row.entry.summary)
