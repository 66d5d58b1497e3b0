"""What is asked for a report or a problem profile: which one, what is written in it, its actions, and the signature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms

from kith.foundations.access.rules import says_something
from kith.foundations.design_system.forms import CharField, Choice, Date, Look, MultipleChoice, TextArea
from kith.foundations.design_system.words import sentence
from kith.insight.actions.reports import NOT_COUNTED, StepSaid
from kith.insight.actions.sending import RecipientSaid
from kith.insight.models import Cut, Rating, ReportStep
from kith.insight.permissions import SAY_WHY
from kith.insight.queries.reports import Asked
from kith.insight.report_permissions import SAY_WHAT
from kith.insight.rules.measures import MeasureKind, measures
from kith.insight.rules.periods import as_at_words, read
from kith.insight.rules.profiles import SUBJECT_KINDS, Subject, SubjectKind, subject
from kith.insight.rules.reports import COMPARATORS, STATES, Comparator, ReportKind, Section, State, periods
from kith.subjects.wording import SECOND_LOOK

BESIDE = "beside-"
Subjects = Mapping[SubjectKind, Mapping[str, str]]


class NewReportForm(forms.Form):
    """Cut, period, comparator of one kind of report; of a problem profile also of what, and what for: `subjects` are
    those of the newest cut."""

    def __init__(
        self, *given: Any, kind: ReportKind, cuts: Sequence[Cut], subjects: Subjects | None = None, **options: Any
    ) -> None:
        super().__init__(*given, **options)
        self.kind, self.cuts, self.subjects = kind, {cut.name: cut for cut in cuts}, subjects or {}
        if kind.of_subject:
            self._ask_of_what()
        newest = periods(kind, cuts[0].as_at)
        self.fields["period"] = Choice(
            label="Period",
            as_select=True,
            choices=[(one.key, sentence(str(one))) for one in newest],
            initial=newest[0].key,
        )
        self.fields["comparator"] = Choice(
            label="Compared with",
            choices=[(one.value, words) for one, words in COMPARATORS.items()],
            initial=Comparator.YEAR_BEFORE.value if kind.of_subject else None,
        )
        self.fields["cut"] = Choice(
            label="Cut",
            help_text="The numbers are those of this cut, now and whenever the report is made again.",
            as_select=True,
            choices=[(cut.name, f"{as_at_words(cut.as_at)}: {cut.name}") for cut in cuts],
            initial=cuts[0].name,
        )

    def _ask_of_what(self) -> None:
        offered = [
            (Subject(kind, key, title).name, f"{words}: {title}")
            for kind, words in SUBJECT_KINDS.items()
            for key, title in self.subjects[kind].items()
        ]
        self.fields["subject"] = Choice(label="A profile of what?", as_select=True, choices=offered)
        self.fields["purpose"] = CharField(
            label="What is it for?",
            help_text="Such as: to decide with the café and the school what to do about weekday afternoons.",
            max_length=300,
        )

    def clean_purpose(self) -> str:
        typed = str(self.cleaned_data["purpose"]).strip()
        if not says_something(typed):
            raise forms.ValidationError(SAY_WHY)
        return typed

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        cut, period = self.cuts.get(answers.get("cut", "")), answers.get("period")
        if cut and period and read(period) not in periods(self.kind, cut.as_at):
            self.add_error("period", NOT_COUNTED)
        return answers

    def asked(self) -> Asked:
        """The answers."""
        said = self.cleaned_data
        comparator, purpose = Comparator(said["comparator"]), said.get("purpose", "")
        return Asked(self.cuts[said["cut"]], self.kind, read(said["period"]), comparator, self._subject(), purpose)

    def _subject(self) -> Subject | None:
        of = subject(self.cleaned_data.get("subject", ""), "")
        return replace(of, title=self.subjects[of.kind][of.key]) if of else None


class SectionForm(forms.Form):
    """What is written under a heading; and, beside numbers, how the same moved elsewhere."""

    def __init__(self, *given: Any, section: Section, **options: Any) -> None:
        super().__init__(*given, **options)
        self.section = section
        self.fields["words"] = TextArea(
            label=section.prompt or "Commentary",
            help_text="An empty line begins a new paragraph; a dash at the beginning of a line makes a list. Name no "
            "child, and no number that the report does not show.",
            required=section.required,
            max_length=8000,
            look=Look(rows=10, second_look=SECOND_LOOK),
        )
        self.compared = [key for key in section.measures if measures()[key].kind is MeasureKind.COUNT]
        if not self.compared:
            return
        self.fields["area"] = CharField(
            label="Another area to compare with",
            help_text="As it stands in a sentence, such as: the force area. Leave empty to compare with none.",
            required=False,
            max_length=60,
        )
        for key in self.compared:
            self.fields[BESIDE + key] = CharField(
                label=f"{measures()[key].title}: change there, in per cent",
                required=False,
                max_length=8,
                look=Look(width=5, suffix="%", size=""),
            )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        for key in self.compared:
            typed = str(answers.get(BESIDE + key) or "").replace("%", "").replace("−", "-").strip()
            if typed and not _is_percentage(typed):
                self.add_error(BESIDE + key, "Write a percentage such as -7.3 or 23.5")
            elif typed and not answers.get("area"):
                self.add_error("area", "Say which area the percentages are of")
            answers[BESIDE + key] = typed.lstrip("+")
        return answers

    def words(self) -> str:
        """The commentary."""
        return str(self.cleaned_data["words"]).strip()

    def beside(self) -> dict[str, Any]:
        """{"area": words, "by": {measure: percentage}}, or nothing."""
        said = {key: self.cleaned_data[BESIDE + key] for key in self.compared if self.cleaned_data[BESIDE + key]}
        return {"area": self.cleaned_data["area"], "by": said} if said else {}

    @staticmethod
    def filled(words: str, beside: Mapping[str, Any]) -> dict[str, Any]:
        """What stands, as the form's first answers."""
        by = {BESIDE + key: typed for key, typed in beside.get("by", {}).items()}
        return {"words": words, "area": beside.get("area", ""), **by}


class StepForm(forms.Form):
    """One action of a plan."""

    what = TextArea(label="What will be done?", max_length=500, look=Look(rows=3))
    owner = CharField(
        label="Who answers for it?", help_text="A role and an agency, rather than a name alone", max_length=200
    )
    due = Date(label="By when?", required=False)
    state = Choice(label="How does it stand?", choices=[(one.value, words) for one, words in STATES.items()])
    progress = TextArea(label="What has happened so far?", required=False, max_length=1000, look=Look(rows=3))

    def said(self, section: str) -> StepSaid:
        """The answers."""
        said = self.cleaned_data
        state, due = State(said["state"]), said["due"] or None
        return StepSaid(section, said["what"].strip(), said["owner"].strip(), state, due, said["progress"].strip())


class CarryForm(forms.Form):
    """Which actions come into a plan: of the plan before, and of meetings that reviewed ratings."""

    def __init__(
        self,
        *given: Any,
        steps: Sequence[ReportStep],
        ratings: Sequence[Rating],
        sections: Sequence[Section],
        **options: Any,
    ) -> None:
        super().__init__(*given, **options)
        self.steps, self.ratings = {str(one.pk): one for one in steps}, {str(one.pk): one for one in ratings}
        if steps:
            self.fields["steps"] = MultipleChoice(
                label="Actions of the plan before that are not done",
                choices=[(key, f"{one.what} ({STATES[State(one.state)]})") for key, one in self.steps.items()],
                initial=list(self.steps),
                required=False,
            )
        if ratings:
            self.fields["ratings"] = MultipleChoice(
                label="Actions of meetings that are not done",
                choices=[(key, f"{one.action} ({one.owner.name})") for key, one in self.ratings.items()],
                required=False,
            )
            self.fields["section"] = Choice(
                label="Under which heading do actions of meetings go?",
                as_select=True,
                choices=[(one.key, one.title) for one in sections],
                initial=sections[0].key,
            )

    def chosen(self) -> dict[str, Any]:
        """Steps, ratings and the section."""
        said = self.cleaned_data
        return {
            "steps": [self.steps[key] for key in said.get("steps", ())],
            "ratings": [self.ratings[key] for key in said.get("ratings", ())],
            "section": said.get("section", ""),
        }


class RecipientForm(forms.Form):
    """Somebody to whom a kind of report goes."""

    agency = CharField(label="Agency or body", max_length=120)
    name = CharField(label="Person or post", help_text="Such as: clerk to the scrutiny commission", max_length=120)
    email = forms.EmailField(label="Email address", max_length=200)

    def said(self) -> RecipientSaid:
        """The answers."""
        return RecipientSaid(**self.cleaned_data)


class SignForm(forms.Form):
    """What the signer looked at. `mark` is of the document on the page."""

    checked = TextArea(
        label="What did you check?",
        help_text="Such as: read every section; compared the missing table with the police’s own report.",
        max_length=500,
        look=Look(rows=3),
    )
    mark = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean_checked(self) -> str:
        typed = str(self.cleaned_data["checked"]).strip()
        if not says_something(typed):
            raise forms.ValidationError(SAY_WHAT)
        return typed


def _is_percentage(typed: str) -> bool:
    try:
        return abs(Decimal(typed)) <= 10_000
    except ArithmeticError:
        return False
