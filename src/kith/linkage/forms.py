"""What is asked of whoever decides whether records are one person."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from kith.foundations.design_system.forms import CharField, Choice, Look, MultipleChoice, TextArea
from kith.linkage.rules.judging import ALL_CHOSEN, BASES, Verdict


class JudgementForm(forms.Form):
    """How it was decided; which of the three verbs was pressed says what."""

    basis = Choice(label="How do you know?", choices=BASES.items(), look=Look(inline=False))
    more = CharField(label="Anything somebody should know who looks at this again", max_length=500, required=False)
    verdict = forms.ChoiceField(choices=[(v.value, v.words) for v in Verdict], widget=forms.HiddenInput, required=True)

    @property
    def reason(self) -> str:
        """The answers as one sentence or two, as they are kept."""
        more = self.cleaned_data["more"].strip()
        return f"{BASES[self.cleaned_data['basis']]}. {more}".strip()


class WithdrawForm(forms.Form):
    """Why a decision is taken back."""

    reason = TextArea(
        label="Why is this decision withdrawn?",
        help_text="What you know now. Everything that the decision moved goes back to where it was.",
        max_length=500,
        look=Look(rows=3),
    )


class QueueForm(forms.Form):
    """What the queue is narrowed to and how it is ordered."""

    narrows = True
    who = Choice(label="Whom", choices=[], required=False)
    order = Choice(label="Order", choices=[], required=False)
    agency = Choice(label="With a record from", choices=[], required=False, as_select=True)

    def __init__(
        self,
        *given: object,
        orders: list[tuple[str, str]],
        who: list[tuple[str, str]],
        agencies: list[tuple[str, str]],
    ) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self.fields["who"].choices = who  # type: ignore[attr-defined]
        self.fields["order"].choices = orders  # type: ignore[attr-defined]
        self.fields["agency"].choices = [("", "Any agency"), *agencies]  # type: ignore[attr-defined]


class FeedsForm(forms.Form):
    """What the list of feeds is narrowed to and how it is ordered."""

    narrows = True
    agency = Choice(label="Agency", choices=[], required=False, as_select=True)
    only = Choice(
        label="Show",
        choices=[("", "All feeds"), ("wrong", "Those that are not as they should be"), ("silent", "Those gone silent")],
        required=False,
    )

    def __init__(self, given: QueryDict, *, agencies: list[tuple[str, str]]) -> None:
        super().__init__(given)
        self.given = given
        self.fields["agency"].choices = [("", "Any agency"), *agencies]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, str]:
        """The agency, which feeds, and the order, as the address has them."""
        return {"agency": self.given.get("agency", ""), "only": self.given.get("only", ""),
                "sort": self.given.get("sort", "state")}  # fmt: skip


class PartingForm(forms.Form):
    """Which of a person's records are somebody else's, and why."""

    chosen = MultipleChoice(label="Which records belong to somebody else?", choices=[])
    reason = TextArea(
        label="How do you know?",
        help_text="What you know of the child, and who else it may be. A data officer reads exactly this.",
        max_length=500,
        look=Look(rows=3),
    )

    def __init__(self, *given: object, records: list[tuple[str, str]], hints: dict[str, str]) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self.fields["chosen"].choices = records  # type: ignore[attr-defined]
        self.fields["chosen"].look = Look(hints=hints)  # type: ignore[attr-defined]

    def clean_chosen(self) -> list[int]:
        chosen = [int(number) for number in self.cleaned_data["chosen"]]
        if len(chosen) == len(self.fields["chosen"].choices):  # type: ignore[attr-defined]
            raise forms.ValidationError(ALL_CHOSEN)
        return chosen


class PartingDecisionForm(forms.Form):
    """What a data officer decides about a request to part; which button was pressed says what."""

    reason = TextArea(
        label="How do you know?",
        help_text="Kept with the decision; whoever asked reads it.",
        max_length=500,
        look=Look(rows=3),
    )
    verdict = forms.ChoiceField(
        choices=[(one.value, one.words) for one in (Verdict.DIFFERENT, Verdict.SAME)], widget=forms.HiddenInput
    )
