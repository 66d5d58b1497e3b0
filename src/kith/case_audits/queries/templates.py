"""Templates as they stand and as they were: the first version from our files, later ones as their owner made them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils.timezone import localdate

from kith.case_audits.models import FormVersion, LearningRhythm
from kith.case_audits.rules.questions import AuditForm, Question, every_form, form_on
from kith.case_audits.rules.templates import USUAL, first_versions, version_of


def form_named(version: str) -> AuditForm:
    """What an audit of that version asks. Raises KeyError where there is none, or for whom it is not."""
    if version in every_form():
        return every_form()[version]
    key, _, number = version.rpartition(".")
    if key not in first_versions() or not number.isdecimal():
        raise KeyError(version)
    if number == "1":
        return first_versions()[key]
    row = FormVersion.objects.filter(key=key, number=int(number)).first()
    if row is None:
        raise KeyError(version)
    return _as_form(row)


def standing_templates() -> dict[str, AuditForm]:
    """Of each template the latest version, by key."""
    found = dict(first_versions())
    for row in FormVersion.objects.filter(key__in=found).order_by("number"):
        found[row.key] = _as_form(row)
    return found


def form_standing(key: str, today: date) -> AuditForm:
    """The latest version of a template, or of the usual questions. Raises KeyError."""
    return form_on(today) if key == USUAL else standing_templates()[key]


def versions(key: str) -> list[FormVersion]:
    """Later versions of a template, the newest first."""
    return list(FormVersion.objects.filter(key=key).select_related("made_by").order_by("-number"))


def programme_owner() -> int | None:
    """Whoever sees that learning is sent owns the programme; None where nobody was named."""
    return LearningRhythm.objects.order_by("-set_at", "-pk").values_list("owner_id", flat=True).first()


def _as_form(row: FormVersion) -> AuditForm:
    questions = tuple(Question(one["key"], one["title"], one["ask"]) for one in row.questions)
    first = first_versions()[row.key]
    return replace(first, version=version_of(row.key, row.number), since=localdate(row.made_at), questions=questions,
                   source=f"Changed by the programme’s owner: {row.why}")  # fmt: skip
