"""What the front door asks about a check, and what an agency answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms

from kith.foundations.access.models import Agency
from kith.foundations.design_system.forms import CharField, Choice, Look, MultipleChoice, TextArea, YesNo
from kith.front_door.actions.answering import Answer
from kith.front_door.actions.checks import Asked
from kith.front_door.checking import band, lists
from kith.front_door.models import Named
from kith.front_door.rules import codes
from kith.subjects.wording import SECOND_LOOK

KNOWS, KNOWS_NOTHING = "known", "nothing"
LONGEST_ANSWER = 20_000
KNOWN_TO_WORK = "Known to work with somebody named"


def choices_of(name: str) -> list[tuple[str, str]]:
    return lists()[name].choices()


def hints_of(name: str) -> dict[str, str]:
    return {code.key: code.hint for code in lists()[name].codes if code.hint}


class AskForm(forms.Form):
    """Which agencies are asked what, about whom, why, and by when."""

    agencies = MultipleChoice(label="Which agencies?", choices=[])
    question = TextArea(
        label="What do you need to know?",
        help_text="Each agency reads this. Leave out who told you and what it does not need.",
        max_length=4000,
        look=Look(rows=4, second_look=SECOND_LOOK),
    )
    named = MultipleChoice(label="About whom?", required=False, choices=[], help_text="Their names go as typed.")
    details = MultipleChoice(
        label="What goes with the names, so that they are found",
        required=False,
        choices=choices_of("details"),
        help_text="Only what the agencies need.",
    )
    about_words = CharField(
        label="Anybody or anywhere else",
        required=False,
        max_length=300,
        help_text="In your words, where it does not stand in the contact.",
    )
    purpose = Choice(label="Why do you ask?", choices=choices_of("purposes"))
    bases = MultipleChoice(label="Lawful basis", choices=codes()["bases"].choices())
    band = Choice(label="How soon?", choices=choices_of("bands"))
    longer_because = CharField(
        label="Why longer than this area allows", required=False, max_length=300, help_text="A manager says so."
    )
    confirm = YesNo(
        label="Ask for a code before names show behind a link?",
        help_text="The code goes to the same mailbox as the link. Say no only where nobody there can wait for it.",
        initial=True,
    )

    def __init__(self, *given: Any, agencies: list[Agency], known: set[int], named: list[Named], now: datetime,
                 **options: Any) -> None:  # fmt: skip
        super().__init__(*given, **options)
        first = sorted(agencies, key=lambda agency: (agency.pk not in known, agency.name))
        offer(self.fields["agencies"], [(str(agency.pk), agency.name) for agency in first])
        hints = {str(agency.pk): _agency_hint(agency, agency.pk in known) for agency in first}
        self.fields["agencies"].look = Look(hints={key: words for key, words in hints.items() if words})  # type: ignore[attr-defined]
        offer(self.fields["named"], [(str(one.pk), one.name) for one in named])
        self.fields["band"].look = Look(hints=_band_hints(now), reveals={"green": "longer_because"})  # type: ignore[attr-defined]
        if not named:
            del self.fields["named"], self.fields["details"]
            self.fields["about_words"].required = True
            self.fields["about_words"].label = "About whom or where?"

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if "named" in self.fields and not (answers.get("named") or answers.get("about_words")):
            self.add_error("named", "Choose whom you ask about, or say it in words")
        return answers

    def asked(self, contact_id: int) -> Asked:
        """The answers as the action takes them."""
        given = self.cleaned_data
        return Asked(
            contact_id=contact_id,
            question=given["question"],
            purpose=given["purpose"],
            band=given["band"],
            bases=given["bases"],
            named=[int(one) for one in given.get("named") or []],
            details=given.get("details") or [],
            about_words=given["about_words"],
            longer_because=given["longer_because"],
            confirm=bool(given["confirm"]),
        )


class ChaseForm(forms.Form):
    """How an agency is reminded."""

    how = Choice(label="How do you chase?", choices=[pair for pair in choices_of("chased_by") if pair[0] != "reminder"])
    note = CharField(label="Note", required=False, max_length=300, help_text="Such as whom you spoke with.")
    link = YesNo(
        label="Does the letter carry a new secure link?",
        help_text="It ends any link before it. Without one, they sign in.",
        initial=False,
    )


class WithdrawForm(forms.Form):
    """Why a question is taken back."""

    because = CharField(label="Why do you withdraw it?", max_length=300, help_text="The agency can read this.")


class AnswerForm(forms.Form):
    """What an agency knows, how it knows, and what may be done with it."""

    knows = Choice(
        label="What does your agency know?",
        choices=[(KNOWS, "We know something"), (KNOWS_NOTHING, "We looked, and know nothing")],
    )
    known = TextArea(
        label="What is known",
        required=False,
        max_length=LONGEST_ANSWER,
        help_text="What answers the question, and no more.",
        look=Look(rows=5, second_look=SECOND_LOOK),
    )
    dates = TextArea(
        label="Significant dates", required=False, max_length=LONGEST_ANSWER, look=Look(rows=2),
    )  # fmt: skip
    works_with = TextArea(
        label="Who works with them", required=False, max_length=LONGEST_ANSWER, help_text="Name, role and phone.",
        look=Look(rows=2),
    )  # fmt: skip
    worries = TextArea(
        label="What you are worried about", required=False, max_length=LONGEST_ANSWER,
        look=Look(rows=3, second_look=SECOND_LOOK),
    )  # fmt: skip
    strengths = TextArea(
        label="What goes well", required=False, max_length=LONGEST_ANSWER, look=Look(rows=3, second_look=SECOND_LOOK),
    )  # fmt: skip
    source = Choice(label="How do you know?", choices=choices_of("sources"))
    may_share = Choice(label="Who may be told what you say?", choices=choices_of("may_share"),
                       look=Look(hints=hints_of("may_share")))  # fmt: skip
    conditions = TextArea(
        label="Conditions", required=False, max_length=2000, look=Look(rows=2),
        help_text="Such as: ring us before you speak with the family.",
    )  # fmt: skip
    name = CharField(label="Your name", max_length=200)
    role = CharField(label="Your role", max_length=200)
    phone = CharField(label="Your phone", max_length=60, look=Look(width=20))

    def __init__(self, *given: Any, without_script: bool = False, **options: Any) -> None:
        super().__init__(*given, **options)
        if without_script:  # somebody without an account: remarks are made when the page comes back
            for field in self.fields.values():
                field.look = _plain(field.look)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("knows") == KNOWS and not (answers.get("known") or "").strip():
            self.add_error("known", "Write what is known")
        return answers

    def answer(self) -> Answer:
        """The answers as the action takes them."""
        given = dict(self.cleaned_data)
        return Answer(nothing_known=given.pop("knows") == KNOWS_NOTHING, **given)


class CodeForm(forms.Form):
    """The six figures from a letter."""

    code = CharField(label="The code from the letter", max_length=20, help_text="Six figures.", look=Look(width=10))


def offer(field: forms.Field, choices: Iterable[tuple[str, str]]) -> None:
    """The choices of a field that depend on the day or on who looks."""
    field.choices = list(choices)  # type: ignore[attr-defined]


def _plain(look: Look) -> Look:
    return Look(size=look.size, width=look.width, rows=look.rows, hints=look.hints)


def _agency_hint(agency: Agency, known: bool) -> str:
    how = "" if agency.email else f"No address for letters: ring {agency.phone or 'them'}"
    return ". ".join(part for part in (KNOWN_TO_WORK if known else "", how) if part)


def _band_hints(now: datetime) -> dict[str, str]:
    found = {}
    for code in lists()["bands"].codes:
        stands = band(code.key, now)
        found[code.key] = f"{code.hint}. Answered within {stands.rule.allowed}"
    return found
