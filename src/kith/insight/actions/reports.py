"""Reports and problem profiles are begun, written in versions, signed off once and for good, taken away: each with a
line in the audit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.rules import says_something
from kith.foundations.audit.actions import record
from kith.foundations.papers import FORMATS, Paper
from kith.foundations.papers.keeping import kept
from kith.insight.models import Rating, Report, ReportSigned, ReportStep, ReportWords
from kith.insight.permissions import SAY_WHY, check_see_figures
from kith.insight.queries.profiles import subjects_of
from kith.insight.queries.reports import Asked, asked, written
from kith.insight.report_permissions import STANDS, check_sign, check_write_reports
from kith.insight.rules.reports import Section, State, periods

NOT_COUNTED = "This period was not over, or was not counted, when the cut was taken."
NOT_THERE = "The cut knows of no such place, theme or locality."
CHANGED = "The report was changed while you read it. Read it again before you sign it off."


@dataclass(frozen=True)
class StepSaid:
    """An action as somebody wrote it."""

    section: str
    what: str
    owner: str
    state: State
    due: date | None = None
    progress: str = ""


@transaction.atomic
def begin_report(*, of: Asked, by: Viewer, now: datetime) -> Report:
    """A draft. Raises NotAllowed: for a period that the cut did not count; a problem profile also without a purpose,
    and of what the cut does not know."""
    check_write_reports(by, of.kind)
    if of.period not in periods(of.kind, of.cut.as_at):
        raise NotAllowed(NOT_COUNTED)
    _check_subject(of)
    report = Report.objects.create(
        scope_id=of.cut.scope_id,
        kind=of.kind.key,
        cut=of.cut,
        period=of.period.key,
        comparator=of.comparator.value,
        subject=of.subject.name if of.subject else "",
        called=of.subject.title if of.subject else "",
        purpose=of.purpose.strip(),
        made_by=by,
        made_at=now,
    )
    _note(report, "begin-report", f"Began a report: {of.title}", by, now, because=report.purpose)
    return report


def _check_subject(of: Asked) -> None:
    if not of.kind.of_subject:
        return
    if not says_something(of.purpose):
        raise NotAllowed(SAY_WHY)
    if of.subject is None or of.subject.key not in subjects_of(of.cut)[of.subject.kind]:
        raise NotAllowed(NOT_THERE)


@transaction.atomic
def write_section(
    *, report: Report, section: Section, words: str, beside: dict[str, Any] | None = None, by: Viewer, now: datetime
) -> ReportWords | None:
    """A new version of a section's words; None where they are the same. Raises NotAllowed once it is signed off."""
    _check_open(report, by)
    newest = ReportWords.objects.filter(report=report, section=section.key).order_by("-at", "-pk").first()
    if newest and (newest.words, newest.beside) == (words, beside or {}):
        return None
    version = ReportWords.objects.create(
        report=report, scope_id=report.scope_id, section=section.key, words=words, beside=beside or {}, by=by, at=now
    )
    _note(report, "write-report", f"Wrote in a report ({section.title}): {asked(report).title}", by, now)
    return version


@transaction.atomic
def write_step(*, report: Report, said: StepSaid, number: int | None = None, by: Viewer, now: datetime) -> ReportStep:
    """A new action of a plan, or a new version of the one of that `number`. Raises NotAllowed."""
    _check_open(report, by)
    came = {}
    if number and (standing := report.steps.filter(number=number).order_by("-at", "-pk").first()):
        came = {"carried_from": standing.carried_from, "from_rating": standing.from_rating}
    step = _step(report, said, number or _next(report), by, now, **came)
    _note(report, "write-report", f"Wrote an action of a plan: {said.what[:80]}", by, now)
    return step


@transaction.atomic
def take_out_step(*, report: Report, step: ReportStep, by: Viewer, now: datetime) -> None:
    """The action is no longer in the plan; its versions stay. Raises NotAllowed."""
    _check_open(report, by)
    said = StepSaid(step.section, step.what, step.owner, State(step.state), step.due, step.progress)
    came = {"carried_from": step.carried_from, "from_rating": step.from_rating}
    _step(report, said, step.number, by, now, taken_out=True, **came)
    _note(report, "write-report", f"Took an action out of a plan: {step.what[:80]}", by, now)


@transaction.atomic
def carry_over(
    *, report: Report, steps: Sequence[ReportStep], ratings: Sequence[Rating], section: str, by: Viewer, now: datetime
) -> list[ReportStep]:
    """Actions of the plan before, as they stood there, and of reviews of ratings, the latter under `section`: each is
    linked with where it came from, so that it can be followed. Those that came already are left. Raises NotAllowed."""
    _check_open(report, by)
    there = written(report).steps
    had = {one.carried_from_id for one in there} | {(one.from_rating_id,) for one in there}
    made = []
    for step in steps:
        said = StepSaid(step.section, step.what, step.owner, State(step.state), step.due, step.progress)
        if step.pk not in had:
            made.append(_step(report, said, _next(report), by, now, carried_from=step, from_rating=step.from_rating))
    for one in ratings:
        said = StepSaid(section, one.action, one.owner.name, State.NOT_BEGUN, one.due)
        if (one.pk,) not in had:
            made.append(_step(report, said, _next(report), by, now, from_rating=one))
    _note(report, "write-report", f"Carried {len(made)} actions into a plan: {asked(report).title}", by, now)
    return made


def _next(report: Report) -> int:
    return int(report.steps.aggregate(last=Max("number"))["last"] or 0) + 1


def _step(report: Report, said: StepSaid, number: int, by: Viewer, now: datetime, **more: Any) -> ReportStep:
    of = {name: getattr(said, name) for name in ("section", "what", "owner", "due", "progress")}
    of |= {"scope_id": report.scope_id, "number": number, "state": said.state.value}
    return ReportStep.objects.create(report=report, by=by, at=now, **of, **more)


@transaction.atomic
def sign_report(*, report: Report, paper: Paper, mark: str, checked: str, by: Viewer, now: datetime) -> ReportSigned:
    """Freezes all of it: words, numbers, checksum. `mark` is of the document that the signer read: another one is not
    signed. Raises NotAllowed, also where a section that must have words has none."""
    of = asked(report)
    check_sign(by, of.kind, checked)
    _check_open(report, by)
    if mark != mark_of(paper):
        raise NotAllowed(CHANGED)
    if empty := of.kind.not_answered(written(report).words):
        raise NotAllowed("Nothing is written yet under: " + ", ".join(one.title for one in empty) + ".")
    signed = ReportSigned.objects.create(
        report=report,
        scope_id=report.scope_id,
        content=kept(paper),
        checksum=paper.checksum(),
        checked=checked.strip(),
        by=by,
        at=now,
    )
    _note(report, "sign-report", f"Signed a report off: {of.title}", by, now, because=checked.strip())
    return signed


def mark_of(paper: Paper) -> str:
    """A mark of the words and numbers of a document, whoever signs it and when."""
    return hashlib.sha256(json.dumps(kept(paper)["parts"], sort_keys=True).encode()).hexdigest()


def note_taken_away(*, report: Report, form: str, by: Viewer, now: datetime) -> None:
    """Taking a report away as a file is recorded. Raises NotAllowed."""
    check_see_figures(by)
    words = f"Took a report away: {asked(report).title}, {FORMATS[form].words}"
    _note(report, "export-report", words, by, now)


def _check_open(report: Report, by: Viewer) -> None:
    """Nobody else signs it off while this is decided."""
    check_write_reports(by, asked(report).kind)
    if Report.objects.select_for_update(of=("self",)).filter(pk=report.pk).first() is None:
        raise NotAllowed("This report is not there.")
    if ReportSigned.objects.filter(report=report).exists():
        raise NotAllowed(STANDS)


def _note(report: Report, action: str, what: str, by: Viewer, now: datetime, because: str = "") -> None:
    details = {"report": report.pk, "cut": report.cut_id}
    record(viewer=by, action=action, what=what, because=because, details=details, now=now)
