"""The sections of a problem profile: what its cut tells, in tens, and what people wrote under each heading."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kith.chronology.kinds import kind as entry_kind
from kith.foundations.papers import Bullets, Heading, Part, Words, parts_of
from kith.insight.presenters import profiles_gaps as gaps
from kith.insight.presenters import profiles_parts as tell
from kith.insight.queries.profiles import counted
from kith.insight.queries.reports import Asked, Written
from kith.insight.rules.periods import as_at_words
from kith.insight.rules.profiles import SMALL, Subject, SubjectKind, asked, themes

CANNOT_KNOW = (
    "What nobody told an agency: most harm outside the home is never reported.",
    "What happened in homes: a cut has no homes, and what took place there has no place here.",
    "What agencies keep out of every cut: sexual health, protected addresses, what was withdrawn.",
    "What happened between the cut’s day and today.",
    "Where agencies look more, more is recorded: these are numbers of what was told, not of what happened.",
)
Write = Callable[[tell.Source], Iterator[Part]]


def parts_of_profile(of: Asked, subject: Subject, said: Written) -> Iterator[Part]:
    """What was written, and what the cut tells. Every section stands in it, what is missing too; none is left out."""
    source = tell.Source(of, subject, counted(of, subject))
    for section in of.kind.sections:
        yield Heading(section.title)
        yield from parts_of(said.words.get(section.key, ""))
        yield from WRITERS[section.key](source)


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
    subject, as_at = source.subject, as_at_words(source.of.cut.as_at)
    if subject.kind is SubjectKind.THEME:
        yield Words(themes()[subject.key].about)
    yield Words(
        f"From cut {source.of.cut.name}, {as_at[0].lower()}{as_at[1:]}. "
        f"{SMALL}. An event is counted once, however many feeds tell of it; a young person once for each event."
    )
    yield Words("These kinds of events are counted:")
    yield Bullets(
        tuple(
            entry_kind(kind).title + (f": where it says {', '.join(words)}" if words else "")
            for kind, words in subject.events.items()
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
