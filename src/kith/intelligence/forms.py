"""What is asked of those who give intelligence, of those who grade it and pass it on, and of those who receive it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict

from kith.foundations.design_system.forms import CharField, Choice, Date, Look, MultipleChoice, TextArea, YesNo
from kith.foundations.design_system.forms.not_known import NOT_KNOWN
from kith.intelligence.actions import BookingGiven, FlagGiven, Given, Graded, NamedGiven, Recipient
from kith.intelligence.rules.codes import choices, grading_on, listed
from kith.subjects.wording import SECOND_LOOK

ROWS_AT_FIRST, ROWS_AT_MOST = 2, 30
ASIDE, CARD = Look(inline=True, not_known=True), 4  # digits of a card


class GiveForm(forms.Form):
    """What somebody knows, how, and from whom. The police grade it: no codes are asked."""

    danger_now = YesNo(
        label="Is anybody in danger now?",
        help_text="If so, ring 999 first. Nobody reads this page all night.",
    )
    text = TextArea(
        label="What do you know?",
        help_text="What was seen, heard or said: who, where, in whose words. Leave out who told you; there is a place "
        "for that below, which only the source unit reads.",
        max_length=20_000,
        look=Look(rows=8, second_look=SECOND_LOOK),
    )
    happened_on = Date(label="The day it happened, if there was one", required=False)
    happened_when = CharField(
        label="When, in words",
        required=False,
        max_length=200,
        help_text="Such as Fridays after 10 pm.",
    )
    how_known = Choice(label="How do you know?", choices=choices("how_known"))
    harms = MultipleChoice(label="What kind of harm is it about?", choices=choices("harms"), required=False)
    source_name = CharField(label="Who told you", required=False, max_length=200)
    source_reach = CharField(
        label="How to reach them, and how not to",
        required=False,
        max_length=300,
        help_text="Such as by phone after 6 pm, never at home.",
    )
    source_shows = YesNo(
        label="Could somebody tell from your words who told you?",
        required=False,
        look=Look(inline=True, not_known=True),
    )
    referred = YesNo(
        label="Have you also told the front door about a child?",
        required=False,
        help_text="Intelligence is not a referral. If you are worried about a child, tell the front door as well.",
        look=Look(reveals={"yes": "referral"}),
    )
    referral = CharField(label="The front door’s reference, if you have it", required=False, max_length=120)
    booked_kind = Choice(
        label="What kind of place", choices=[("", "Choose"), *choices("stays")], required=False, as_select=True
    )
    booked_place = CharField(
        label="Its name or address",
        required=False,
        max_length=200,
        help_text="Leave blank if you name its record above.",
    )
    booked_from = Date(label="The first night", required=False)
    booked_until = Date(label="The day they left", required=False)
    booked_by = CharField(label="The name it was booked in", required=False, max_length=200)
    booked_by_another = YesNo(label="Was that somebody other than the guest?", required=False, look=ASIDE)
    booked_card = CharField(
        label="The card’s last four digits",
        required=False,
        max_length=4,
        look=Look(width=4),
        help_text="No more of it.",
    )
    booked_stolen = YesNo(label="Might the card be stolen?", required=False, look=ASIDE)
    booked_cash = YesNo(label="Was it paid in cash?", required=False, look=ASIDE)
    booked_told = YesNo(label="Did the management report it?", required=False, look=ASIDE)
    booked_about = CharField(label="What else is known of the booking", required=False, max_length=500)
    find = CharField(label="Find a record that it may be about", required=False, max_length=100)

    OF_BOOKING = (
        "booked_kind", "booked_place", "booked_from", "booked_until", "booked_by", "booked_by_another", "booked_card",
        "booked_stolen", "booked_cash", "booked_told", "booked_about",
    )  # fmt: skip

    def __init__(self, *given: Any, today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        cast("Date", self.fields["happened_on"]).latest = today

    def clean_booked_card(self) -> str:
        digits = str(self.cleaned_data["booked_card"]).strip()
        if digits and not (len(digits) == CARD and digits.isascii() and digits.isdigit()):
            raise forms.ValidationError("Give the last four digits of the card, and no more")
        return digits

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        first, last = said.get("booked_from"), said.get("booked_until")
        if first and last and last < first:
            self.add_error("booked_until", "They cannot have left before the first night")
        if not said.get("booked_kind") and any(said.get(name) not in ("", None) for name in self.OF_BOOKING):
            self.add_error("booked_kind", "Choose what kind of place was booked")
        return said

    def says_booking(self) -> bool:
        """Whether anything was said of a booking: then its part of the page stands open."""
        return any(_is_said(self[name].value()) or self[name].errors for name in self.OF_BOOKING)

    def booking(self) -> BookingGiven | None:
        """What was booked, where anything was said of it."""
        said = self.cleaned_data
        if not said["booked_kind"]:
            return None
        return BookingGiven(
            kind=said["booked_kind"],
            place=said["booked_place"],
            stayed_from=said["booked_from"],
            stayed_until=said["booked_until"],
            booker=said["booked_by"],
            card_digits=said["booked_card"],
            by_another=_said(said["booked_by_another"]),
            card_stolen=_said(said["booked_stolen"]),
            in_cash=_said(said["booked_cash"]),
            told_by_management=_said(said["booked_told"]),
            about=said["booked_about"],
        )

    def given(self, named: Named) -> Given:
        """The answers as the action takes them."""
        said = self.cleaned_data
        same = ("text", "happened_on", "happened_when", "how_known", "source_name", "source_reach", "referral")
        return Given(
            **{name: said[name] for name in same},
            harms=tuple(said["harms"]),
            named=named.as_given(),
            danger_now=bool(said["danger_now"]),
            source_shows=_said(said["source_shows"]),
            referred=_said(said["referred"]),
            booking=self.booking(),
        )


@dataclass(frozen=True)
class Row:
    """One row of what is named, as it was typed."""

    kind: str = ""
    value: str = ""
    about: str = ""


@dataclass(frozen=True)
class Named:
    """What is named so far: rows as typed, and records chosen, each with its kind and name."""

    rows: tuple[Row, ...]
    about: tuple[int, ...] = ()
    chosen: tuple[tuple[int, str, str], ...] = ()

    @classmethod
    def typed(cls, given: QueryDict) -> Named:
        """As the page sent it, with one more empty row where that was asked for."""
        columns = [given.getlist(f"named-{name}") for name in ("kind", "value", "about")]
        rows = [Row(*(_clean(cell) for cell in cells)) for cells in zip(*columns, strict=False)][:ROWS_AT_MOST]
        rows += [Row()] * max(ROWS_AT_FIRST - len(rows), 1 if "another" in given else 0)
        about = [*numbers(given.getlist("about")), *numbers(given.getlist("add"))]
        gone = set(numbers(given.getlist("remove")))
        return cls(tuple(rows[:ROWS_AT_MOST]), tuple(pk for pk in dict.fromkeys(about) if pk not in gone))

    def unfit(self) -> str:
        """What is wrong with the rows, if anything."""
        known = {one.key for one in listed("named")}
        for row in self.rows:
            if row.value.strip() and row.kind not in known:
                return f"Choose what “{row.value.strip()}” is"
            if row.kind and not row.value.strip() and row.about.strip():
                return "Say what you named, or clear the row"
        return ""

    def as_given(self) -> tuple[NamedGiven, ...]:
        """As the action takes them; empty rows fall away."""
        typed = [NamedGiven(row.kind, row.value, row.about) for row in self.rows if row.value.strip()]
        on_record = [NamedGiven(kind, name, subject_id=pk) for pk, kind, name in self.chosen]
        return (*typed, *on_record)


class GradeForm(forms.Form):
    """3×5×2 and how soon: four answers, none of them given beforehand."""

    source_code = Choice(label="The source", choices=[])
    information_code = Choice(label="The information", choices=[])
    handling_code = Choice(label="Handling", choices=[], look=Look(reveals={"C": "conditions"}))
    conditions = TextArea(label="On what conditions?", required=False, max_length=500, look=Look(rows=2))
    priority = Choice(
        label="How soon", choices=choices("priorities"), look=Look(hints={p.key: p.hint for p in listed("priorities")})
    )
    note = CharField(label="A note for those who grade", required=False, max_length=500)

    def __init__(self, *given: Any, today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        system = grading_on(today)
        for name in ("source_code", "information_code", "handling_code"):
            codes = getattr(system, f"{name}s")
            self.fields[name].choices = [(code, f"{code}  {words}") for code, words in codes.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("handling_code") == "C" and not said.get("conditions", "").strip():
            self.add_error("conditions", "Say on what conditions it may be shared")
        return said

    def graded(self) -> Graded:
        """The answers as the action takes them."""
        said = dict(self.cleaned_data)
        if said["handling_code"] != "C":
            said["conditions"] = ""
        return Graded(**said)


class VersionForm(forms.Form):
    """The words that may be passed on."""

    text = TextArea(
        label="In words that do not tell the source",
        help_text="What the receivers need in order to act, and no more. Leave out who saw or said it, and "
        "whoever need not be named.",
        max_length=10_000,
        look=Look(rows=8, second_look=SECOND_LOOK),
    )
    kept_because = CharField(
        label="Why the words pointed out may stay",
        required=False,
        max_length=300,
        help_text="Only if you keep any of them.",
    )
    find = CharField(label="Find a record that it is about", required=False, max_length=100)


class DecideForm(forms.Form):
    """Approve, or give back with a reason."""

    because = TextArea(
        label="If you give it back, what must change?", required=False, max_length=500, look=Look(rows=3)
    )

    def clean_because(self) -> str:
        because = str(self.cleaned_data["because"]).strip()
        if "return" in self.data and not because:
            raise forms.ValidationError("Say what must change")
        return because


class PassOnForm(forms.Form):
    """To whom, for what, on what ground."""

    to = MultipleChoice(label="To whom", choices=[])
    purpose = Choice(label="What for", choices=choices("purposes"))
    basis = Choice(label="On what ground", choices=choices("bases"))
    conditions = TextArea(
        label="How it may be used",
        required=False,
        max_length=500,
        look=Look(rows=2),
        help_text="Read by each receiver.",
    )

    def __init__(self, *given: Any, to: Iterable[tuple[str, str]], must_say: bool, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["to"].choices = list(to)  # type: ignore[attr-defined]
        self.fields["conditions"].required = must_say

    def recipients(self) -> list[Recipient]:
        """Those chosen."""
        pairs = [value.split("-") for value in self.cleaned_data["to"]]
        return [Recipient(int(agency), int(team) if team else None) for agency, team in pairs]


class UseForm(forms.Form):
    """What came of it, said by who received it."""

    used = YesNo(label="Was it used in a plan?")
    text = TextArea(
        label="In which plan, or why not",
        max_length=500,
        look=Look(rows=3),
        help_text="If it was not used, whoever gave it reads these words: name no child.",
    )


class CloseForm(forms.Form):
    """Why it goes no further."""

    because = TextArea(
        label="Why does it go no further?",
        max_length=500,
        look=Look(rows=3),
        help_text="Whoever gave it reads these words.",
    )


class JoinForm(forms.Form):
    """Which report it is joined with."""

    into = forms.IntegerField(widget=forms.HiddenInput)
    because = forms.CharField(widget=forms.HiddenInput, max_length=300)


class FindForm(forms.Form):
    """Somebody or somewhere on record."""

    find = CharField(label="Find somebody or somewhere on record", required=False, max_length=100)


class FlagForm(forms.Form):
    """What a flag says, whose it is, and until when. It must have an end."""

    vehicle = CharField(label="Registration, if it is on a vehicle", required=False, max_length=20, look=Look(width=10))
    says = CharField(label="What the flag says", max_length=120, help_text="A few words, such as Ring the team first.")
    why = TextArea(label="Why", max_length=500, look=Look(rows=3, second_look=SECOND_LOOK))
    owner = Choice(label="Whose flag it is", choices=[], as_select=True)
    review_on = Date(label="To be reviewed on")
    expires_on = Date(label="It ends on", help_text="It stops showing on this day by itself, unless somebody keeps it.")
    find = CharField(label="Or find a person, a group or a place", required=False, max_length=100)

    def __init__(self, *given: Any, owners: Iterable[tuple[str, str]], today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["owner"].choices = [("", "Choose"), *owners]  # type: ignore[attr-defined]
        for name in ("review_on", "expires_on"):
            cast("Date", self.fields[name]).earliest = today

    def clean(self) -> dict[str, Any]:
        return in_order(self)

    def flag(self, subject_id: int | None) -> FlagGiven:
        """The answers as the action takes them."""
        said = self.cleaned_data
        words = {name: said[name] for name in ("says", "why", "review_on", "expires_on")}
        vehicle = "" if subject_id else said["vehicle"]
        return FlagGiven(owner_id=int(said["owner"]), subject_id=subject_id, vehicle=vehicle, **words)


class FlagReviewForm(forms.Form):
    """Keep a flag until new days."""

    because = CharField(label="Why", max_length=300)
    review_on = Date(label="To be reviewed again on", required=False)
    expires_on = Date(label="It ends on", required=False)

    def __init__(self, *given: Any, today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        for name in ("review_on", "expires_on"):
            field = cast("Date", self.fields[name])
            field.earliest, field.required = today, "keep" in self.data

    def clean(self) -> dict[str, Any]:
        return in_order(self)


class OtherBookerForm(forms.Form):
    """Why two bookings are not one booker’s."""

    because = CharField(label="How do you know that it is somebody else?", max_length=300)


class BecauseForm(forms.Form):
    """Why a source is to be read."""

    because = CharField(label="Why do you need to know who gave it?", max_length=300)


def in_order(form: forms.Form) -> dict[str, Any]:
    """The review comes no later than the end."""
    said = form.cleaned_data
    review, end = said.get("review_on"), said.get("expires_on")
    if review and end and review > end:
        form.add_error("review_on", "It must be reviewed before it ends")
    return said


def numbers(values: Sequence[str]) -> list[int]:
    """Record numbers as a page sends them; anything else falls away."""
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 19]


def _clean(cell: str) -> str:
    return cell.replace("\x00", "")[:300]


def _is_said(typed: Any) -> bool:
    """Whether anything stands in a box, or in the boxes of a day."""
    return not getattr(typed, "empty", not typed)


def _said(answer: Any) -> str:
    return {True: "yes", False: "no", NOT_KNOWN: "not-known"}.get(answer, "")
