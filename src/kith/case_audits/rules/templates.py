"""Templates of what an audit asks, by theme, for one agency and for several, as they first stood."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from kith.case_audits.rules.questions import AuditForm, Question, every_form
from kith.case_audits.rules.themes import THEMES

USUAL = "general"


@cache
def first_versions() -> dict[str, AuditForm]:
    """By key, such as "neglect-single" and "neglect-several"."""
    return read(files(__package__).joinpath("templates.yaml").read_text(encoding="utf-8"))


def read(text: str) -> dict[str, AuditForm]:
    """From YAML. Raises KeyError where something lacks or is not known, ValueError where one thing is asked twice."""
    usual = {one.key: one for form in every_form().values() for one in form.questions}
    found: dict[str, AuditForm] = {}
    for row in yaml.safe_load(text):
        single = [*(usual[key] for key in row["use"]), *map(_question, row["ask"])]
        for of_several, more in ((False, []), (True, [_question(one) for one in row["several"]])):
            made = _form(row, of_several, (*single, *more))
            if len({one.key for one in made.questions}) < len(made.questions):
                raise ValueError(f"{made.title} asks one thing twice")
            found[made.key] = made
    return found


def version_of(key: str, number: int) -> str:
    """What an audit keeps of the template it was answered in."""
    return f"{key}.{number}"


def _question(row: dict[str, str]) -> Question:
    return Question(row["key"], row["title"], row["ask"])


def _form(row: dict[str, Any], of_several: bool, questions: tuple[Question, ...]) -> AuditForm:
    key = f"{row['theme']}-{'several' if of_several else 'single'}"
    who = "several agencies" if of_several else "one agency"
    return AuditForm(
        version=version_of(key, 1),
        since=row["from"],
        source=row["source"],
        checked=row["checked"] is True,
        questions=questions,
        key=key,
        title=f"{THEMES[row['theme']]}: {who}",
        theme=row["theme"],
        of_several=of_several,
    )
