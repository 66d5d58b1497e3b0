"""How reports are listed and shown while they are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kith.foundations.design_system.words import short_day
from kith.foundations.papers import FORMATS, Format, Heading, Paper, Part
from kith.insight.models import Report, ReportSigned
from kith.insight.queries.reports import Written, asked
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
            kinds[one.kind].title if one.kind in kinds else one.kind,
            str(asked(one).period) if one.kind in kinds else "",
            one.cut.name,
            f"{one.signed.by.name}, {short_day(one.signed.at)}" if hasattr(one, "signed") else "",
            f"{one.made_by.name}, {short_day(one.made_at)}",
        )
        for one in found
    ]


def show_sections(paper: Paper, said: Written, sections: Iterable[Section]) -> list[SectionShown]:
    """The document cut at its headings, one piece for each section."""
    pieces = _pieces(paper.parts)
    return [
        SectionShown(
            section,
            replace(paper, parts=piece),
            bool(said.words.get(section.key, "").strip()),
            [(step.number, step.what) for step in said.steps if section.plan and step.section == section.key],
        )
        for section, piece in zip(sections, pieces, strict=True)
    ]


def _pieces(parts: Iterable[Part]) -> list[tuple[Part, ...]]:
    """Every section begins with its heading, and has no other; what stands before the first is not of a section."""
    pieces: list[list[Part]] = []
    for part in parts:
        if isinstance(part, Heading):
            pieces.append([])
        if pieces:
            pieces[-1].append(part)
    return [tuple(piece) for piece in pieces]


def formats() -> list[Format]:
    """What a report may be taken away as."""
    return list(FORMATS.values())


def file_name(report: Report, form: str, signed: ReportSigned | None) -> str:
    """Such as annual-2026-10-cut-2026-11-20.docx; a draft says that it is one."""
    draft = "" if signed else "-draft"
    return f"{report.kind}-{asked(report).period.last.first:%Y-%m}-{report.pk}{draft}.{FORMATS[form].ending}"
