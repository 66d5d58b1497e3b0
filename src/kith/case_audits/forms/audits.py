"""Forms of one audit: why it is opened, whether anything needs doing today, the questions, reflection, actions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, cast

from django import forms

from kith.case_audits.actions.auditing import Answer, ToDo
from kith.case_audits.permissions import SAY_WHY
from kith.case_audits.rules.questions import JUDGEMENTS, AuditForm
from kith.foundations.access.models import Viewer
from kith.foundations.access.rules import says_something
from kith.foundations.design_system.forms import Choice, Date, Look, TextArea, YesNo
from kith.subjects.wording import SECOND_LOOK

A_YEAR = timedelta(days=365)
SAY_WHAT = "Say what needs doing today, so that whoever does it knows"


class OpenForm(forms.Form):
    """Why a record that was drawn is opened."""

    reason = TextArea(
        label="What do you look for in this record?",
        help_text="It is kept with your name on the record of who looked.",
        max_length=300,
        error_messages={"required": SAY_WHY},
        look=Look(rows=3),
    )

    def clean_reason(self) -> str:
        reason = str(self.cleaned_data["reason"])
        if not says_something(reason):
            raise forms.ValidationError(SAY_WHY, code="invalid")
        return reason


class TodayForm(forms.Form):
    """Asked before everything else."""

    needed = YesNo(
        label="Does anything need doing today for this child?",
        help_text="If so, it goes to the child’s worker and their manager at once, before you finish the audit.",
        look=Look(reveals={"yes": "what"}),
    )
    what = TextArea(label="What needs doing today?", required=False, max_length=1000, look=Look(rows=4))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("needed") is True and not str(said.get("what", "")).strip():
            self.add_error("what", SAY_WHAT)
        return said

    def what_is_needed(self) -> str:
        """ "" where nothing is."""
        return str(self.cleaned_data["what"]).strip() if self.cleaned_data["needed"] is True else ""


class QuestionsForm(forms.Form):
    """Every question of a form's version: a judgement, words, evidence."""

    def __init__(self, *given: Any, asked: AuditForm, **options: Any) -> None:
        super().__init__(*given, **options)
        self.asked = asked
        for one in asked.questions:
            self.fields[f"{one.key}_words"] = TextArea(
                label=one.title, help_text=one.ask, max_length=3000, look=Look(rows=4, second_look=SECOND_LOOK)
            )
            self.fields[f"{one.key}_judgement"] = Choice(
                label=f"{one.title}: how is it?", choices=list(JUDGEMENTS.items()), look=Look(inline=True)
            )
            self.fields[f"{one.key}_evidence"] = TextArea(
                label=f"{one.title}: where do you see it?",
                help_text="Which entry, plan or talk shows it.",
                max_length=2000,
                required=False,
                look=Look(rows=2),
            )

    def answers(self) -> dict[str, Answer]:
        """By question."""
        said = self.cleaned_data
        return {
            one.key: Answer(said[f"{one.key}_judgement"], said[f"{one.key}_words"], said[f"{one.key}_evidence"])
            for one in self.asked.questions
        }


def as_typed(answers: dict[str, dict[str, str]]) -> dict[str, str]:
    """What was kept, as the form shows it again."""
    return {f"{key}_{name}": words for key, one in answers.items() for name, words in one.items()}


class ReflectForm(forms.Form):
    """What the worker whose record it is thinks of it."""

    words = TextArea(
        label="What do you think of it?",
        help_text="What you take from it, what was missed, what would help you. It is read beside the audit.",
        max_length=4000,
        look=Look(rows=6),
    )


class ActionForm(forms.Form):
    """Something that must be done, by whom, by when."""

    what = TextArea(label="What must be done?", max_length=1000, look=Look(rows=3))
    owner = Choice(label="By whom?", choices=[], as_select=True)
    due_on = Date(label="By when?")

    def __init__(self, *given: Any, people: Iterable[Viewer], today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        self.people = {str(one.pk): one for one in people}
        owner = cast("forms.ChoiceField", self.fields["owner"])
        owner.choices = [("", "Choose"), *((key, one.name) for key, one in self.people.items())]
        due = cast("Date", self.fields["due_on"])
        due.earliest, due.latest = today, today + A_YEAR

    def to_do(self) -> ToDo:
        """As the action takes it."""
        said = self.cleaned_data
        return ToDo(said["what"], self.people[said["owner"]], said["due_on"])


class DoneForm(forms.Form):
    """What came of an action."""

    came_of = TextArea(label="What was done, and what came of it?", max_length=1000, look=Look(rows=3))
