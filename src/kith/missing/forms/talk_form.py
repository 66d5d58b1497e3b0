"""The form of a conversation on return, made for a phone on a doorstep. Little must be answered; nothing is guessed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from kith.foundations.design_system.forms import CharField, Choice, Date, Look, MultipleChoice, TextArea, Time, YesNo
from kith.missing.actions.writing_up import Agreed, Holding, Naming, Parent, WhatWasSaid
from kith.missing.forms.talks import moment_of
from kith.missing.rules.codes import choices, listed
from kith.missing.rules.telling import RECIPIENTS, may_tell, names_in
from kith.subjects.wording import SECOND_LOOK

ROWS_AT_FIRST, ROWS_AT_MOST = 2, 20
ASIDE = Look(rows=3, second_look=SECOND_LOOK)
WORDS = ("own_words", "travelled", "happened", "harm_words", "feelings", "would_help", "trusted", "safety", "view",
         "summary", "for_parent")  # fmt: skip
SAY_ANYWAY = "Say why they must be told all the same, and tell the child, or take out what is to be done"


class WriteForm(forms.Form):
    """What the child said, and to whom it may go. `held` False: when it was held stands already."""

    on = Date(label="On which day did you talk?")
    at = Time(label="At what time?")
    how = Choice(label="How you talked", choices=choices("how"), required=False, as_select=True)
    independent = YesNo(label="Are you independent of where the child lives?")
    own_words = TextArea(
        label="In the child’s own words",
        required=False,
        max_length=20_000,
        look=Look(rows=6, second_look=SECOND_LOOK),
        help_text="What they said, as they said it. Your own view has a place of its own below.",
    )
    push = MultipleChoice(label="What made it hard to stay?", choices=choices("push"), required=False)
    pull = MultipleChoice(label="What drew them?", choices=choices("pull"), required=False)
    travelled = CharField(label="How they travelled", required=False, max_length=300)
    happened = TextArea(label="What happened while they were away", required=False, max_length=10_000, look=ASIDE)
    harm = MultipleChoice(label="Were they hurt or harmed?", choices=choices("harms"), required=False)
    harm_words = TextArea(label="Who or what harmed them", required=False, max_length=10_000, look=ASIDE)
    feelings = TextArea(label="How they are now", required=False, max_length=5000, look=ASIDE)
    would_help = TextArea(label="What would help them", required=False, max_length=5000, look=ASIDE)
    trusted = CharField(label="An adult they trust", required=False, max_length=300)
    safety = TextArea(
        label="What is to be done to keep them safe",
        required=False,
        max_length=5000,
        look=ASIDE,
        help_text="Goes to their social worker at once, and stands on their record.",
    )
    view = TextArea(
        label="Your own view",
        required=False,
        max_length=5000,
        look=ASIDE,
        help_text="Kept apart from what the child said.",
    )
    summary = TextArea(
        label="Summary for the record",
        max_length=5000,
        look=ASIDE,
        help_text="All who work with the child read it, school and home too. Leave out what they want kept back.",
    )
    for_parent = TextArea(
        label="What the parent or carer is told",
        required=False,
        max_length=3000,
        look=Look(rows=3),
        help_text="In plain words, without the child’s name. It goes only if the child agreed, by a private link.",
    )
    parent_phone = CharField(label="Their mobile number", required=False, max_length=40, look=Look(width=20))
    parent_email = forms.EmailField(label="Or their email address", required=False)
    why = CharField(label="Why you change what was written", required=False, max_length=300)

    def __init__(self, *given: Any, held: bool, written: bool, names: tuple[str, ...] = (), **options: Any) -> None:
        super().__init__(*given, **options)
        self.names = names
        if held:
            for name in ("on", "at", "how", "independent"):
                del self.fields[name]
        if not written:
            del self.fields["why"]
        for one in listed("recipients"):
            self._ask_consent(one.key, one.title, one.hint)

    def _ask_consent(self, key: str, title: str, hint: str) -> None:
        reveals = {"some": f"words_{key}", "none": f"anyway_{key}"}
        asked = f"May we tell: {title.lower()}?"
        self.fields[f"agreed_{key}"] = Choice(
            label=asked, help_text=hint, choices=choices("agreed"), look=Look(reveals=reveals)
        )
        self.fields[f"words_{key}"] = CharField(label="Which part may they be told?", required=False, max_length=300)
        self.fields[f"anyway_{key}"] = CharField(
            label="Only if they must be told all the same: why",
            help_text="The child has to know that you tell them.",
            required=False,
            max_length=300,
        )

    @property
    def consents(self) -> list[str]:
        return [f"agreed_{key}" for key in RECIPIENTS]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("safety") and not self._tells("worker") and "agreed_worker" in said:
            self.add_error("anyway_worker", SAY_ANYWAY)
        if found := names_in(said.get("for_parent", ""), self.names):
            self.add_error("for_parent", f"Take out {' and '.join(found)}: others may read it on their phone")
        return said

    def _tells(self, key: str) -> bool:
        said = self.cleaned_data
        return may_tell(said.get(f"agreed_{key}", ""), self._anyway(key))

    def _anyway(self, key: str) -> str:
        said = self.cleaned_data
        return str(said.get(f"anyway_{key}", "")) if said.get(f"agreed_{key}") == "none" else ""

    def said(self, rows: Rows) -> WhatWasSaid:
        """The answers as the action takes them."""
        said = self.cleaned_data
        agreed = tuple(
            Agreed(key, said[f"agreed_{key}"], said[f"words_{key}"], self._anyway(key)) for key in RECIPIENTS
        )
        words: dict[str, Any] = {name: said[name] for name in WORDS}
        codes: dict[str, Any] = {name: tuple(said[name]) for name in ("push", "pull", "harm")}
        return WhatWasSaid(**words, **codes, named=rows.naming(), agreed=agreed)

    def holding(self) -> Holding | None:
        """When and how it was held; None where that stands already."""
        said = self.cleaned_data
        if "on" not in self.fields:
            return None
        return Holding(moment_of(said["on"], said["at"]), said["how"], bool(said["independent"]))

    def parent(self) -> Parent:
        return Parent(self.cleaned_data["parent_phone"], self.cleaned_data["parent_email"])


@dataclass(frozen=True)
class Row:
    """One row of whom or what the child named, as it was typed."""

    kind: str = ""
    value: str = ""
    about: str = ""
    to_police: str = ""


@dataclass(frozen=True)
class Rows:
    """Whom and what the child named so far."""

    rows: tuple[Row, ...]

    @classmethod
    def typed(cls, given: QueryDict) -> Rows:
        """As the page sent it, with one more empty row where that was asked for."""
        columns = [given.getlist(f"named-{name}") for name in ("kind", "value", "about", "police")]
        rows = [Row(*(_clean(cell) for cell in cells)) for cells in zip(*columns, strict=False)][:ROWS_AT_MOST]
        rows += [Row()] * max(ROWS_AT_FIRST - len(rows), 1 if "another" in given else 0)
        return cls(tuple(rows[:ROWS_AT_MOST]))

    @classmethod
    def standing(cls, said: WhatWasSaid) -> Rows:
        """As they stand."""
        rows = [Row(one.kind, one.value, one.about, "yes" if one.to_police else "") for one in said.named]
        return cls((*rows, *[Row()] * max(ROWS_AT_FIRST - len(rows), 1)))

    def unfit(self) -> str:
        """What is wrong with the rows, if anything."""
        known = {one.key for one in listed("named")}
        for row in self.rows:
            if row.value.strip() and row.kind not in known:
                return f"Choose what “{row.value.strip()}” is"
            if row.about.strip() and not row.value.strip():
                return "Say whom or what they named, or clear the row"
        return ""

    def naming(self) -> tuple[Naming, ...]:
        """As the action takes them; empty rows fall away."""
        return tuple(
            Naming(row.kind, row.value, row.about, row.to_police == "yes") for row in self.rows if row.value.strip()
        )


class AloneForm(forms.Form):
    """A link to the child's own phone; empty: letters to be typed are shown."""

    phone = CharField(
        label="The child’s own phone number", required=False, max_length=40, look=Look(width=20),
        help_text="Leave it empty to show letters that they type on their own phone.",
    )  # fmt: skip


def standing_values(said: WhatWasSaid) -> dict[str, Any]:
    """What stands, as the form shows it."""
    values: dict[str, Any] = {name: getattr(said, name) for name in WORDS}
    values |= {name: list(getattr(said, name)) for name in ("push", "pull", "harm")}
    for one in said.agreed:
        values |= {
            f"agreed_{one.recipient}": one.answer,
            f"words_{one.recipient}": one.words,
            f"anyway_{one.recipient}": one.anyway_because,
        }
    return values


def _clean(cell: str) -> str:
    return cell.replace("\x00", "")[:300]
