"""Forms of a weighing: one context, one more context, the conclusion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, cast

from django import forms

from kith.contexts.actions.weighing import SAY_WHY, Said
from kith.contexts.models import Weighed
from kith.contexts.queries.standing import kind_of
from kith.contexts.rules import (
    HEAVY,
    KINDS,
    LONGEST_UNTIL_REVIEW,
    NOT_SHARED,
    REVIEW_WITHIN,
    SAFETY,
    SHARED,
    WEIGHTS,
    WHOM,
)
from kith.foundations.design_system.forms import CharField, Choice, Date, Look, TextArea
from kith.subjects.models import Subject
from kith.subjects.wording import SECOND_LOOK

LONGEST = 3000
AGENCIES_AT_MOST = 8
WHOSE = "Whose words are these?"
SAY_WHICH = "Choose a record, or a kind of context"


class ContextForm(forms.Form):
    """One context: the child's view first, then the parent's and each agency's, then harm, safety and weight."""

    child_says = TextArea(
        label="What does the child say about it?",
        help_text="In their own words. Leave empty what you have not asked: it is shown as not yet asked.",
        required=False,
        max_length=LONGEST,
        look=Look(rows=3),
    )
    parent_says = TextArea(
        label="What does their parent or carer say?", required=False, max_length=LONGEST, look=Look(rows=3)
    )

    def __init__(self, *given: Any, context: Weighed, agencies: Sequence[tuple[str, str]], **options: Any) -> None:
        options.setdefault("initial", _as_typed(context))
        super().__init__(*given, **options)
        self.rows = min(len(context.agencies_say) + 1, AGENCIES_AT_MOST)
        for number in range(self.rows):
            last = number == self.rows - 1 and number < AGENCIES_AT_MOST
            title = "What does an agency say?" if number == 0 else "What does another agency say?"
            self.fields[f"words_{number}"] = TextArea(
                label=title, required=False, max_length=LONGEST, look=Look(rows=2, second_look=SECOND_LOOK)
            )
            self.fields[f"agency_{number}"] = Choice(
                label=WHOSE,
                help_text="Save, and there is room for one more." if last else "",
                choices=list(agencies),
                as_select=True,
                required=False,
            )
        self.fields["harm"] = TextArea(
            label="What harm is there?",
            help_text="Who or what causes it, and how. Write of the context; the child is not the cause.",
            required=False, max_length=LONGEST, look=Look(rows=4, second_look=SECOND_LOOK),
        )  # fmt: skip
        self.fields["safety"] = TextArea(
            label="What keeps safe here, and who looks out for young people?",
            required=False, max_length=LONGEST, look=Look(rows=4, second_look=SECOND_LOOK),
        )  # fmt: skip
        self.fields["weight"] = Choice(label="How much does its harm weigh?", choices=list(WEIGHTS.items()))
        self.fields["gives"] = Choice(label="How much safety does it give?", choices=list(SAFETY.items()))
        self.fields["why"] = TextArea(
            label="Why does it weigh what it weighs?",
            required=False, max_length=LONGEST, look=Look(rows=3, second_look=SECOND_LOOK),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("weight") in HEAVY and not said.get("why"):
            self.add_error("why", SAY_WHY.rstrip("."))
        for number in range(self.rows):
            if said.get(f"words_{number}") and not said.get(f"agency_{number}"):
                self.add_error(f"agency_{number}", "Choose whose words these are")
        return said

    def said(self) -> Said:
        """As the action takes it; an agency without words is left out."""
        told = self.cleaned_data
        pairs = [(told[f"agency_{number}"], told[f"words_{number}"]) for number in range(self.rows)]
        plain = {name: told[name] for name in ("child_says", "parent_says", "harm", "safety", "weight", "gives", "why")}
        return Said(agencies_say=tuple((agency, words) for agency, words in pairs if words), **plain)


def _as_typed(context: Weighed) -> dict[str, str]:
    names = ("child_says", "parent_says", "harm", "safety", "weight", "gives", "why")
    typed = {name: str(getattr(context, name)) for name in names}
    for number, one in enumerate(context.agencies_say):
        typed |= {f"agency_{number}": one["agency"], f"words_{number}": one["words"]}
    return typed


class AddForm(forms.Form):
    """One more context: a linked group or place, or one without a record."""

    record = Choice(label="A group or a place on the child’s record", choices=[], required=False)
    kind = Choice(
        label="Or another context, without a record",
        choices=[(key, kind.title) for key, kind in KINDS.items()],
        required=False,
    )
    called = CharField(
        label="What is it called?",
        help_text="Such as: the stairwell, his cousins, a game. Leave a young person’s name out.",
        required=False, max_length=120,
    )  # fmt: skip

    def __init__(self, *given: Any, linked: Sequence[Subject], **options: Any) -> None:
        super().__init__(*given, **options)
        self.linked = {str(one.pk): one for one in linked}
        offered = cast("forms.ChoiceField", self.fields["record"])
        offered.choices = [(key, one.name) for key, one in self.linked.items()]
        if not self.linked:
            del self.fields["record"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("record") and not said.get("kind"):
            self.add_error("kind", SAY_WHICH)
        elif not said.get("record") and not said.get("called"):
            self.add_error("called", "Say what it is called")
        return said

    def given(self) -> dict[str, Any]:
        """Kind, record and name, as the action takes them."""
        said = self.cleaned_data
        linked = self.linked.get(said.get("record") or "")
        if linked is None:
            return {"kind": said["kind"], "called": said["called"]}
        return {"kind": kind_of(linked), "linked": linked}


class SignForm(forms.Form):
    """Which context weighs most and why, and when it is looked at again."""

    conclusion = TextArea(
        label="Which context weighs most, and why?",
        help_text="And where the most safety is, so that it can be built on. The child and their parents read it.",
        max_length=LONGEST,
        look=Look(rows=5, second_look=SECOND_LOOK),
    )
    review_on = Date(label="When is it weighed again?")

    def __init__(self, *given: Any, today: date, conclusion: str = "", **options: Any) -> None:
        options.setdefault("initial", {"review_on": today + REVIEW_WITHIN, "conclusion": conclusion})
        super().__init__(*given, **options)
        again = cast("Date", self.fields["review_on"])
        again.earliest, again.latest = today + timedelta(days=1), today + LONGEST_UNTIL_REVIEW


class SharedForm(forms.Form):
    """Who made it too or saw it, when and with whom; or why not."""

    whom = Choice(label="Who?", choices=list(WHOM.items()))
    how = Choice(label="How?", choices=list(SHARED.items()))
    on = Date(label="On which day?", required=False, help_text="Blank if it was not shown to them.")
    present = CharField(
        label="Who went through it with them?", required=False, max_length=200, help_text="A name and what they do."
    )
    said = TextArea(
        label="What did they say about it? Or why was it not shown to them?",
        required=False, max_length=LONGEST, look=Look(rows=4, second_look=SECOND_LOOK),
    )  # fmt: skip

    def __init__(self, *given: Any, today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        cast("Date", self.fields["on"]).latest = today

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("how") == NOT_SHARED and not said.get("said"):
            self.add_error("said", "Say why it was not shown to them")
        elif said.get("how") not in (None, NOT_SHARED):
            if not said.get("on") and "on" not in self.errors:
                self.add_error("on", "Say on which day")
            if not said.get("present"):
                self.add_error("present", "Say who went through it with them")
        return said


class ChangeForm(forms.Form):
    """What will change, in which context, who does it, by when, how it will be known."""

    context = Choice(label="Which context?", choices=[])
    what = TextArea(
        label="What will change there?",
        help_text="Change the context, not only the child. Those who work with a place or a group read this on its"
        " page too: leave the child’s name out.",
        max_length=LONGEST, look=Look(rows=3, second_look=SECOND_LOOK),
    )  # fmt: skip
    who = CharField(label="Who does it?", help_text="A name and an agency.", max_length=200)
    due_on = Date(label="By when?")
    how_known = TextArea(label="How will we know that it has changed?", max_length=LONGEST, look=Look(rows=2))

    def __init__(self, *given: Any, contexts: Mapping[str, str], today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        cast("forms.ChoiceField", self.fields["context"]).choices = list(contexts.items())
        if not contexts:  # of a place or a group itself
            del self.fields["context"]
        due = cast("Date", self.fields["due_on"])
        due.earliest, due.latest = today, today + LONGEST_UNTIL_REVIEW


class OutcomeForm(forms.Form):
    """Done or not done, and why."""

    outcome = Choice(label="Has it been done?", choices=[("done", "Done"), ("not-done", "Not done")])
    why = TextArea(
        label="What came of it, or why was it not done?", max_length=LONGEST, look=Look(rows=3, second_look=SECOND_LOOK)
    )
