"""How problem profiles are listed, and shown while they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kith.foundations.design_system.words import short_day
from kith.foundations.papers import FORMATS, Heading, Paper, Part
from kith.insight.models import ProblemProfile, ProfileSigned
from kith.insight.queries.profiles import of
from kith.insight.rules.profiles import SECTIONS, Section


@dataclass(frozen=True)
class ProfileLine:
    """A profile in the list."""

    number: int
    title: str
    period: str
    cut: str
    signed: str  # by whom and when, or empty while it is a draft
    made: str


@dataclass(frozen=True)
class SectionShown:
    """A section of a draft: its part of the document, and whether anything is written in it."""

    section: Section
    paper: Paper
    written: bool


def show_list(found: Iterable[ProblemProfile]) -> list[ProfileLine]:
    """Lines of the list."""
    return [
        ProfileLine(
            one.pk,
            one.title,
            str(of(one).period),
            one.cut.name,
            f"{one.signed.by.name}, {short_day(one.signed.at)}" if hasattr(one, "signed") else "",
            f"{one.made_by.name}, {short_day(one.made_at)}",
        )
        for one in found
    ]


def show_sections(paper: Paper, said: Mapping[str, str]) -> list[SectionShown]:
    """The document cut at its headings of the first level, one piece for each section."""
    pieces: list[list[Part]] = []
    for part in paper.parts:
        if isinstance(part, Heading) and part.level == 1:
            pieces.append([])
        pieces[-1].append(part)
    return [
        SectionShown(section, replace(paper, parts=tuple(piece)), bool(said.get(section.key, "").strip()))
        for section, piece in zip(SECTIONS, pieces, strict=True)
    ]


def file_name(profile: ProblemProfile, form: str, signed: ProfileSigned | None) -> str:
    """Such as problem-profile-harbour-park-2026-10-7.pdf; a draft says that it is one."""
    draft = "" if signed else "-draft"
    named = re.sub(r"[^a-z0-9]+", "-", profile.title.lower()).strip("-")[:40]
    month = f"{of(profile).period.last.first:%Y-%m}"
    return f"problem-profile-{named}-{month}-{profile.pk}{draft}.{FORMATS[form].ending}"
