"""How reports are listed and shown while they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kith.foundations.design_system.words import day_and_time, short_day
from kith.foundations.letters.models import Letter
from kith.foundations.papers import FORMATS, Format, Heading, Paper, Part, Words
from kith.insight.models import Report, ReportSigned
from kith.insight.queries.reports import Written, asked
from kith.insight.queries.sending import Sent
from kith.insight.rules.reports import Section, report_kinds


@dataclass(frozen=True)
class ReportLine:
    """A report in the list."""

    number: int
    title: str
    period: str
    cut: str
    signed: str  # by whom and when, or empty while it is a draft
    made: str


@dataclass(frozen=True)
class SectionShown:
    """A section of a draft: its part of the document, and what is still asked."""

    section: Section
    paper: Paper
    written: bool
    steps: list[tuple[int, str]]  # actions that may be changed


def show_list(found: Iterable[Report]) -> list[ReportLine]:
    """Lines of the list; a kind that is no more keeps its key as its title."""
    kinds = report_kinds()
    return [
        ReportLine(
            one.pk,
            one.called or (kinds[one.kind].title if one.kind in kinds else one.kind),
            str(asked(one).period) if one.kind in kinds else "",
            one.cut.name,
            f"{one.signed.by.name}, {short_day(one.signed.at)}" if hasattr(one, "signed") else "",
            f"{one.made_by.name}, {short_day(one.made_at)}",
        )
        for one in found
    ]


def show_sections(paper: Paper, said: Written, sections: Sequence[Section]) -> list[SectionShown]:
    """The document cut at the headings of its sections, one piece for each."""
    return [
        SectionShown(
            section,
            replace(paper, parts=piece),
            bool(said.words.get(section.key, "").strip()),
            [(step.number, step.what) for step in said.steps if section.plan and step.section == section.key],
        )
        for section, piece in zip(sections, _pieces(paper.parts, sections), strict=True)
    ]


def _pieces(parts: Iterable[Part], sections: Sequence[Section]) -> list[tuple[Part, ...]]:
    """What stands before the first section is of none; a section may have headings of its own."""
    pieces: list[list[Part]] = []
    for part in parts:
        following = sections[len(pieces)] if len(pieces) < len(sections) else None
        if following and part == Heading(following.title, following.level):
            pieces.append([])
        if pieces:
            pieces[-1].append(part)
    return [tuple(piece) for piece in pieces]


def preface(paper: Paper) -> str:
    """What stands before its first section."""
    first = paper.parts[0]
    return first.words if isinstance(first, Words) else ""


@dataclass(frozen=True)
class SentLine:
    """To whom a signed report was sent."""

    to: str
    email: str
    when: str
    went: str  # whether the letter went


def show_sent(found: Iterable[Sent]) -> list[SentLine]:
    """Each letter, and whether it went."""
    return [
        SentLine(
            f"{one.sending.recipient.name}, {one.sending.recipient.agency}",
            one.sending.recipient.email,
            day_and_time(one.sending.at),
            _went(one.letter),
        )
        for one in found
    ]


def _went(letter: Letter | None) -> str:
    if letter and letter.sent_at:
        return f"Went {day_and_time(letter.sent_at)}"
    return f"Not gone: {letter.failure}" if letter and letter.failure else "On its way"


def formats() -> list[Format]:
    """What a report may be taken away as."""
    return list(FORMATS.values())


def file_name(report: Report, form: str, signed: ReportSigned | None) -> str:
    """Such as annual-2026-10-7.docx, problem-profile-harbour-park-2026-10-8-draft.pdf; a draft says that it is one."""
    draft, month = "" if signed else "-draft", f"{asked(report).period.last.first:%Y-%m}"
    named = re.sub(r"[^a-z0-9]+", "-", report.called.lower())[:40].strip("-")
    of = "-".join(one for one in (report.kind, named, month, str(report.pk)) if one)
    return f"{of}{draft}.{FORMATS[form].ending}"
