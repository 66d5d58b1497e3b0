"""What a case audit asks and how it is judged: in the field's words, never in marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import yaml

JUDGEMENTS = {
    "strong": "Strong",
    "good": "Good",
    "improve": "Needs to improve",
    "concern": "A concern now",
}
MET = ("strong", "good")  # what a share of "strong or good" counts


@dataclass(frozen=True)
class Question:
    """One thing that is judged."""

    key: str
    title: str
    ask: str


@dataclass(frozen=True)
class AuditForm:
    """The questions from a day on."""

    version: str
    since: date
    source: str
    checked: bool
    questions: tuple[Question, ...]
    key: str = "general"  # its template; versions of one template share it
    title: str = "The usual questions"
    theme: str = ""
    of_several: bool = False

    @property
    def number(self) -> str:
        """Its version as people say it: without its template's key."""
        return self.version.rpartition(".")[2]


@cache
def every_form() -> dict[str, AuditForm]:
    """All that there have been, by version."""
    return read(files(__package__).joinpath("questions.yaml").read_text(encoding="utf-8"))


def form_on(day: date) -> AuditForm:
    """The form that stands on a day; the first one before there was any."""
    found = sorted(every_form().values(), key=lambda one: one.since)
    return next((one for one in reversed(found) if one.since <= day), found[0])


def read(text: str) -> dict[str, AuditForm]:
    """From YAML. Raises KeyError where something lacks, ValueError where a question or a version stands twice."""
    found: dict[str, AuditForm] = {}
    for row in yaml.safe_load(text):
        questions = tuple(Question(one["key"], one["title"], one["ask"]) for one in row["questions"])
        form = AuditForm(str(row["version"]), row["from"], row["source"], row["checked"] is True, questions)
        if form.version in found or len({one.key for one in questions}) < len(questions):
            raise ValueError(f"Form {form.version} stands twice, or asks one thing twice")
        found[form.version] = form
    return found
