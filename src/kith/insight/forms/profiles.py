"""What is asked for a problem profile: of what, which period and cut, why; what is written in it; the signature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from kith.foundations.access.rules import says_something
from kith.foundations.design_system.forms import CharField, Choice, Look, TextArea
from kith.insight.actions.profiles import NOT_COUNTED, NOT_THERE
from kith.insight.models import Cut
from kith.insight.permissions import SAY_WHY
from kith.insight.queries.profiles import Of
from kith.insight.rules.periods import as_at_words, read
from kith.insight.rules.profiles import SUBJECT_KINDS, Section, SubjectKind, periods
from kith.insight.rules.reports import COMPARATORS, Comparator
from kith.subjects.wording import SECOND_LOOK

BETWEEN = ":"
Subjects = Mapping[SubjectKind, Mapping[str, str]]


class NewProfileForm(forms.Form):
    """Subject, period, comparator, cut, and what it is for. `subjects` are those of the newest cut."""

    def __init__(self, *given: Any, cuts: Sequence[Cut], subjects: Subjects, **options: Any) -> None:
        super().__init__(*given, **options)
        self.cuts, self.subjects = {cut.name: cut for cut in cuts}, subjects
        self.fields["subject"] = Choice(
            label="A profile of what?",
            as_select=True,
            choices=[
                (f"{kind}{BETWEEN}{key}", f"{SUBJECT_KINDS[kind]}: {title}")
                for kind in SUBJECT_KINDS
                for key, title in subjects[kind].items()
            ],
        )
        self.fields["purpose"] = CharField(
            label="What is it for?",
            help_text="Such as: to decide with the café and the school what to do about weekday afternoons.",
            max_length=300,
        )
        self.fields["period"] = Choice(
            label="Period",
            as_select=True,
            choices=[(one.key, str(one)[0].upper() + str(one)[1:]) for one in periods(cuts[0].as_at)],
            initial=periods(cuts[0].as_at)[0].key,
        )
        self.fields["comparator"] = Choice(
            label="Compared with",
            choices=[(one.value, words) for one, words in COMPARATORS.items()],
            initial=Comparator.YEAR_BEFORE.value,
        )
        self.fields["cut"] = Choice(
            label="Cut",
            help_text="The numbers are those of this cut, now and whenever the profile is made again.",
            as_select=True,
            choices=[(cut.name, f"{as_at_words(cut.as_at)}: {cut.name}") for cut in cuts],
            initial=cuts[0].name,
        )

    def clean_purpose(self) -> str:
        typed = str(self.cleaned_data["purpose"]).strip()
        if not says_something(typed):
            raise forms.ValidationError(SAY_WHY)
        return typed

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        cut, period = self.cuts.get(answers.get("cut", "")), answers.get("period")
        if cut and period and read(period) not in periods(cut.as_at):
            self.add_error("period", NOT_COUNTED)
        if answers.get("subject") and self._subject(answers["subject"])[1] not in self.subjects[self._kind(answers)]:
            self.add_error("subject", NOT_THERE)
        return answers

    @staticmethod
    def _subject(answer: str) -> tuple[str, str]:
        kind, _, key = answer.partition(BETWEEN)
        return kind, key

    def _kind(self, answers: Mapping[str, Any]) -> SubjectKind:
        return SubjectKind(self._subject(answers["subject"])[0])

    def asked(self) -> Of:
        """The answers."""
        said = self.cleaned_data
        kind, key = self._kind(said), self._subject(said["subject"])[1]
        title = self.subjects[kind][key]
        return Of(self.cuts[said["cut"]], kind, key, title, read(said["period"]), Comparator(said["comparator"]))


class ProfileSectionForm(forms.Form):
    """What is written under a heading."""

    def __init__(self, *given: Any, section: Section, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["words"] = TextArea(
            label=section.prompt,
            help_text="An empty line begins a new paragraph; a dash at the beginning of a line makes a list. Name no "
            "child, and no number that the profile does not show.",
            required=False,
            max_length=8000,
            look=Look(rows=10, second_look=SECOND_LOOK),
        )

    def words(self) -> str:
        """The commentary."""
        return str(self.cleaned_data["words"]).strip()
