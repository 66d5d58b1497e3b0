"""A problem profile as a document: what its cut tells, in tens, and what people wrote under each heading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from kith.chronology.kinds import kind as entry_kind
from kith.foundations.design_system.words import day_and_time
from kith.foundations.papers import Bullets, Heading, Paper, Part, Words, parts_of
from kith.insight.models import ProblemProfile, ProfileSigned
from kith.insight.presenters import profiles_gaps as gaps
from kith.insight.presenters import profiles_parts as tell
from kith.insight.queries.cuts import manifest_of
from kith.insight.queries.profiles import Of, counted, of, written
from kith.insight.rules.periods import as_at_words
from kith.insight.rules.profiles import MARKING, SECTIONS, SMALL, SUBJECT_KINDS, SubjectKind, asked, themes

DRAFT = "draft, not signed off"
CANNOT_KNOW = (
    "What nobody told an agency: most harm outside the home is never reported.",
    "What happened in homes: a cut has no homes, and what took place there has no place here.",
    "What agencies keep out of every cut: sexual health, protected addresses, what was withdrawn.",
    "What happened between the cut’s day and today.",
    "Where agencies look more, more is recorded: these are numbers of what was told, not of what happened.",
)
Write = Callable[[tell.Source], Iterator[Part]]


def draft_paper(profile: ProblemProfile) -> Paper:
    """The profile as it stands now."""
    return paper_of(of(profile), profile.purpose, written(profile), made_by=profile.made_by.name)


def final_paper(profile: ProblemProfile, by: str, at: datetime) -> Paper:
    """The profile as it stands now, as it would be signed off by `by` at `at`."""
    signed = f"{by}, {day_and_time(at)}"
    asked_of = of(profile)
    return paper_of(asked_of, profile.purpose, written(profile), made_by=profile.made_by.name, signed=signed, at=at)


def again_from_cut(signed: ProfileSigned) -> Paper:
    """A signed profile made anew from its cut and what was written: the numbers must be those that were signed."""
    return final_paper(signed.profile, signed.by.name, signed.at)


def paper_of(
    wanted: Of, purpose: str, said: Mapping[str, str], *, made_by: str, signed: str = "", at: datetime | None = None
) -> Paper:
    """A profile with what was written in it. Every section stands in it, what is missing too; none can be left out."""
    source = tell.Source(wanted, counted(wanted))
    parts: list[Part] = []
    for section in SECTIONS:
        parts.append(Heading(section.title))
        parts += parts_of(said.get(section.key, ""))
        parts += WRITERS[section.key](source)
    return Paper(
        title=f"Problem profile: {wanted.title}, {wanted.period}",
        marking=MARKING if signed else f"{MARKING}: {DRAFT}",
        about=tuple(_about(wanted, purpose, made_by, signed)),
        parts=tuple(parts),
        made_at=at or wanted.cut.made_at,
        made_by=made_by,
    )


def _about(wanted: Of, purpose: str, made_by: str, signed: str) -> Iterator[tuple[str, str]]:
    feeds = manifest_of(wanted.cut).get("feeds", [])
    silent = [str(one["title"] or one["feed"]) for one in feeds if one["state"] in ("silent", "failed", "never")]
    yield "What it is of", f"{wanted.title} ({SUBJECT_KINDS[wanted.kind][0].lower()}{SUBJECT_KINDS[wanted.kind][1:]})"
    yield "What it is for", purpose
    yield "Period", str(wanted.period)
    yield "Compared with", str(wanted.beside)
    yield "Numbers from", f"cut {wanted.cut.name}, {_as_at(wanted)}"
    yield "Checksum of the cut", wanted.cut.sha256
    yield "Feeds that were silent", ", ".join(silent) or "none"
    yield "Small numbers", SMALL + "."
    if made_by:
        yield "Made by", made_by
    if signed:
        yield "Signed off by", signed


def _as_at(wanted: Of) -> str:
    words = as_at_words(wanted.cut.as_at)
    return words[0].lower() + words[1:]


def _summary(source: tell.Source) -> Iterator[Part]:
    yield Words(source.total_words())


def _gaps(source: tell.Source) -> Iterator[Part]:
    yield Words("This section stands in every profile, whatever was found. Read everything above with it.")
    yield from gaps.tables(source)
    yield Heading("What no cut can know", 2)
    yield Bullets(CANNOT_KNOW)


def _questions(source: tell.Source) -> Iterator[Part]:
    yield Words(
        "Each question follows by a published rule from what was found or is missing. They are for people to take up, "
        "change or leave."
    )
    yield Bullets(tuple(f"{words} {one.why} (Rule: {one.key})" for one, words in asked(gaps.findings(source))))


def _definitions(source: tell.Source) -> Iterator[Part]:
    wanted = source.of
    if wanted.kind is SubjectKind.THEME:
        yield Words(themes()[wanted.key].about)
    yield Words(
        f"From cut {wanted.cut.name}, {_as_at(wanted)}. "
        f"{SMALL}. An event is counted once, however many feeds tell of it; a young person once for each event."
    )
    yield Words("These kinds of events are counted:")
    yield Bullets(
        tuple(
            entry_kind(kind).title + (f": where it says {', '.join(words)}" if words else "")
            for kind, words in wanted.events.items()
        )
    )


WRITERS: dict[str, Write] = {
    "summary": _summary,
    "what": tell.what,
    "when": tell.when,
    "where": tell.where,
    "who": tell.who,
    "help": tell.help_nearby,
    "tried": tell.tried,
    "changed": tell.changed,
    "gaps": _gaps,
    "questions": _questions,
    "definitions": _definitions,
}
