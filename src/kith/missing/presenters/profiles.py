"""A child's profile as it is read: each part with its age, what is to be looked at again, and its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from kith.foundations.access.models import Opening, Viewer
from kith.foundations.design_system import words
from kith.missing.models import Episode, OnTheDay, Profile, ProfilePart, ProfileRead
from kith.missing.queries.profiles import words_since
from kith.missing.rules.profiles import PHOTO, look_again_on, part, parts

DAY = (
    ("mood", "Mood before"),
    ("clothing", "Wears and carries"),
    ("happened", "What happened before"),
    ("done", "What the carer did"),
    ("rang", "Whom the carer tried to reach"),
)


@dataclass(frozen=True)
class Written:
    """One writing of a part, as its history shows it."""

    text: str
    by: str
    when: str
    still_true: bool
    photo_id: int | None


@dataclass(frozen=True)
class Shown:
    """One part. `age` says how old it is; `stale` that it is to be looked at again."""

    key: str
    title: str
    text: str
    by: str
    age: str
    stale: bool
    photo_id: int | None
    history: tuple[Written, ...]


@dataclass(frozen=True)
class Summary:
    """One profile in the list."""

    profile_id: int
    called: str
    age: str
    kept_by: str
    standing: int
    stale: tuple[str, ...]
    oldest: str
    missing: bool


@dataclass(frozen=True)
class Reader:
    """Who searches and opened it, when, for which absence."""

    name: str
    when: str
    what: str
    reference: str


def show_parts(history: list[ProfilePart], now: datetime) -> list[Shown]:
    """The parts that stand, in the order they are read; the photo first."""
    return [_shown(row, history, now) for row in _standing(history)]


def not_written(history: list[ProfilePart]) -> list[str]:
    """The titles of the parts of which nothing stands."""
    standing = {row.kind for row in _standing(history)}
    return [one.title for one in (part(PHOTO), *parts()) if one.key not in standing]


def _standing(history: list[ProfilePart]) -> list[ProfilePart]:
    latest: dict[str, ProfilePart] = {}
    for row in history:  # the latest first
        latest.setdefault(row.kind, row)
    keys = [PHOTO, *(one.key for one in parts())]
    return [latest[key] for key in keys if key in latest and (latest[key].text or latest[key].photo_id)]


def show_list(
    profiles: Iterable[Profile], last: Mapping[tuple[int, str], datetime], missing: set[int], now: datetime
) -> list[Summary]:
    """Those with most to look at again first."""
    shown = [
        _summary(one, {k: when for (pk, k), when in last.items() if pk == one.pk}, missing, now) for one in profiles
    ]
    return sorted(shown, key=lambda one: (not one.missing, -len(one.stale), one.called))


def show_day(said: OnTheDay | None, now: datetime) -> list[tuple[str, str]]:
    """What the carer said on the day, in words."""
    return [(title, getattr(said, name)) for name, title in DAY if said and getattr(said, name)]


def day_from_episode(episode: Episode) -> dict[str, str]:
    """What is known of the absence already, to begin the carer's words with."""
    carries = f"Carries: {episode.carries}" if episode.carries else ""
    return {
        "clothing": "\n".join(filter(None, [episode.clothing, carries])),
        "happened": episode.circumstances,
    }


def show_readers(reads: Iterable[ProfileRead], references: Mapping[int, str], now: datetime) -> list[Reader]:
    """Who opened it, the latest first."""
    return [
        Reader(
            named(one.viewer),
            words.moment(one.at, now),
            "Printed it" if one.what == "printed" else "Read it",
            references.get(one.episode_id or 0, ""),
        )
        for one in reads
    ]


def show_keepers(openings: Iterable[Opening]) -> list[str]:
    """Teams and people, each once."""
    found = [
        f"{one.team.agency.name}, {one.team.name}" if one.team else named(one.viewer) if one.viewer else ""
        for one in openings
    ]
    return [one for one in dict.fromkeys(found) if one]


def named(viewer: Viewer) -> str:
    """Such as “Pia Novak, Seacroft House”."""
    return ", ".join(filter(None, [viewer.name, viewer.agency.name if viewer.agency else ""]))


def kept_by(profile: Profile) -> str:
    """The home, or that somebody keeps it."""
    return profile.team.agency.name if profile.team else "A carer or worker"


def _shown(row: ProfilePart, history: list[ProfilePart], now: datetime) -> Shown:
    stale = is_stale(row.kind, row.written_at, localdate(now))
    written = words_since(row, history)
    said = f"written {words.ago(written, now)}"
    if written != row.written_at:
        said += f", looked at again {words.ago(row.written_at, now)}"
    older = tuple(
        Written(one.text, named(one.written_by), words.moment(one.written_at, now), one.still_true, one.photo_id)
        for one in history
        if one.kind == row.kind and one.pk != row.pk
    )
    age = f"{said}: check it" if stale else said
    return Shown(row.kind, part(row.kind).title, row.text, named(row.written_by), age, stale, row.photo_id, older)


def is_stale(kind: str, written: datetime, today: date) -> bool:
    """Whether a part is to be looked at again."""
    return look_again_on(kind, localdate(written)) <= today


def _summary(profile: Profile, last: Mapping[str, datetime], missing: set[int], now: datetime) -> Summary:
    today = localdate(now)
    known = {kind: when for kind, when in last.items() if kind in {PHOTO, *(one.key for one in parts())}}
    stale = tuple(part(kind).title for kind, when in known.items() if is_stale(kind, when, today))
    oldest = min(known.values(), default=None)
    return Summary(
        profile.pk,
        profile.called,
        words.age(profile.date_of_birth, today) if profile.date_of_birth else "",
        kept_by(profile),
        len(known),
        stale,
        f"oldest part looked at {words.ago(oldest, now)}" if oldest else "nothing written yet",
        profile.subject_id in missing,
    )
