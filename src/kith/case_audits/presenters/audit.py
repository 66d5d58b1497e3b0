"""One audit as it is shown: what was answered by whom, what is to be done, what the worker thinks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kith.case_audits.models import AuditAction, CaseAudit, Part
from kith.case_audits.queries.templates import form_named
from kith.case_audits.rules.kinds import titles
from kith.case_audits.rules.questions import JUDGEMENTS

BADGES = {"strong": "done", "good": "done", "improve": "soon", "concern": "overdue"}


@dataclass(frozen=True)
class AnswerShown:
    """One agency's answer to one question."""

    agency: str
    judgement: str
    badge: str
    words: str
    evidence: str


@dataclass(frozen=True)
class QuestionShown:
    """One question with every agency's answer."""

    title: str
    ask: str
    answers: list[AnswerShown]


@dataclass(frozen=True)
class AuditLine:
    """One audit in a list."""

    audit_id: int
    child: str
    kind: str
    state: str
    badge: str


def show_questions(audit: CaseAudit, parts: list[Part]) -> list[QuestionShown]:
    """In the order of its form."""
    return [
        QuestionShown(
            one.title,
            one.ask,
            [_answer(part, part.answers[one.key]) for part in parts if one.key in part.answers],
        )
        for one in form_named(audit.form).questions
    ]


def _answer(part: Part, given: dict[str, str]) -> AnswerShown:
    judgement = given["judgement"]
    return AnswerShown(
        part.agency.name, JUDGEMENTS[judgement], BADGES[judgement], given["words"], given.get("evidence", "")
    )


def line_of(audit: CaseAudit) -> AuditLine:
    """In words and with a badge."""
    state, badge = state_of(audit)
    return AuditLine(audit.pk, audit.subject.name, titles().get(audit.kind, audit.kind), state, badge)


def state_of(audit: CaseAudit) -> tuple[str, str]:
    """Where it stands."""
    if audit.closed_at:
        return "Audited again and closed", "done"
    if audit.completed_at:
        return ("Read by the worker", "done") if audit.reflected_at else ("Waits for the worker’s own view", "soon")
    if audit.asked_today_at:
        return "Being answered", "soon"
    return ("Opened", "soon") if audit.opened_at else ("Drawn, not yet opened", "quiet")


def is_late(action: AuditAction, today: date) -> bool:
    """Whether it should have been done."""
    return action.done_at is None and action.due_on < today
