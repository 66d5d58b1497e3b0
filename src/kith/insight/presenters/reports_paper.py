"""A report or a problem profile as a document: what it is, its sections, and who signed it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kith.foundations.design_system.words import day_and_time
from kith.foundations.papers import Paper, Part
from kith.insight.models import Report, ReportSigned
from kith.insight.presenters.profiles_paper import parts_of_profile
from kith.insight.presenters.reports_parts import parts_of_report
from kith.insight.queries.cuts import manifest_of
from kith.insight.queries.reports import Asked, Written, asked, written
from kith.insight.rules.periods import as_at_words
from kith.insight.rules.profiles import SMALL as SMALL_IN_TENS
from kith.insight.rules.profiles import SUBJECT_KINDS
from kith.insight.rules.reports import SMALL

DRAFT = "draft, not signed off"


def draft_paper(report: Report) -> Paper:
    """The report as it stands now."""
    return paper_of(asked(report), written(report), made_by=report.made_by.name)


def final_paper(report: Report, by: str, at: datetime) -> Paper:
    """The report as it stands now, as it would be signed off by `by` at `at`."""
    signed = f"{by}, {day_and_time(at)}"
    return paper_of(asked(report), written(report), made_by=report.made_by.name, signed=signed, at=at, draft=False)


def again_from_cut(signed: ReportSigned) -> Paper:
    """A signed report made anew from its cut and what was written: the numbers must be those that were signed."""
    return final_paper(signed.report, signed.by.name, signed.at)


def paper_of(
    of: Asked, said: Written, *, made_by: str, signed: str = "", at: datetime | None = None, draft: bool = True
) -> Paper:
    """A report of a cut with what was written; a draft says on every page that it is one."""
    return Paper(
        title=of.title,
        marking=f"{of.kind.marking}: {DRAFT}" if draft else of.kind.marking,
        about=tuple(_about(of, made_by, signed)),
        parts=tuple(_parts(of, said, draft=draft)),
        made_at=at or of.cut.made_at,
        made_by=made_by,
    )


def _parts(of: Asked, said: Written, *, draft: bool) -> Iterator[Part]:
    if of.subject:
        return parts_of_profile(of, of.subject, said)
    return parts_of_report(of, said, draft=draft)


def _about(of: Asked, made_by: str, signed: str) -> Iterator[tuple[str, str]]:
    feeds = manifest_of(of.cut).get("feeds", [])
    silent = [str(one["title"] or one["feed"]) for one in feeds if one["state"] in ("silent", "failed", "never")]
    if of.subject:
        yield "What it is of", f"{of.subject.title} ({_lower(SUBJECT_KINDS[of.subject.kind])})"
        yield "What it is for", of.purpose
    else:
        yield "What it is", of.kind.about
        yield "For", of.kind.for_
    yield "Period", str(of.period)
    yield "Compared with", str(of.beside)
    yield "Numbers from", f"cut {of.cut.name}, {_lower(as_at_words(of.cut.as_at))}"
    yield "Checksum of the cut", of.cut.sha256
    yield "Feeds that were silent", ", ".join(silent) or "none"
    yield "Small numbers", f"{SMALL_IN_TENS if of.subject else SMALL}."
    if made_by:
        yield "Written by", made_by
    if signed:
        yield "Signed off by", signed


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]
