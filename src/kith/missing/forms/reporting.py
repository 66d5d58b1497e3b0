"""What is asked of whoever reports a child missing: what helps to find them, and nothing that can wait."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms

from kith.foundations.clocks import HERE
from kith.foundations.design_system.forms import CharField, Choice, Date, Look, MultipleChoice, TextArea, Time
from kith.foundations.identifiers import parse_nhs_number
from kith.missing.actions import Details, Reported
from kith.missing.rules.codes import choices
from kith.subjects.wording import SECOND_LOOK

KINDS = [("missing", "Missing"), ("away", "Away")]
KIND_HINTS = {
    "missing": "Nobody knows where they are",
    "away": "It is known where they are, and they should not be there",
}
NOT_YET = "They cannot have been last seen at a time that has not come yet"
DETAILS = (
    "missing_from", "last_seen_at_place", "circumstances", "clothing", "carries", "likely_places", "companions",
)  # fmt: skip


class FindForm(forms.Form):
    """Who is missing: a name with a date of birth, or an NHS number."""

    name = CharField(label="Name", max_length=200, required=False)
    born = Date(label="Date of birth", required=False)
    nhs = CharField(label="Or NHS number", max_length=20, required=False, look=Look(width=20))

    def __init__(self, *given: Any, today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["born"].latest = today  # type: ignore[attr-defined]

    def clean_nhs(self) -> str:
        typed = str(self.cleaned_data["nhs"])
        if typed.strip() and parse_nhs_number(typed) is None:
            raise forms.ValidationError("This is not an NHS number: it has ten digits, and the last fits the others")
        return parse_nhs_number(typed) or ""

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not self.errors and not said.get("name", "").strip() and not said.get("nhs"):
            self.add_error("name", "Enter a name or an NHS number")
        return said

    def text(self) -> str:
        """As it is typed into the search."""
        said = self.cleaned_data
        born = said["born"].isoformat() if said.get("born") else ""
        return said["nhs"] or f"{said['name'].strip()} {born}".strip()


class ReportForm(forms.Form):
    """One absence of one child, on one page."""

    kind = Choice(label="Are they missing, or away?", choices=KINDS, look=Look(hints=KIND_HINTS))
    gone_on = Date(label="The day they were last seen")
    gone_time = Time(
        label="The time they were last seen", required=False, help_text="Such as 10:30 pm. Leave it empty if not known."
    )
    last_seen_at_place = CharField(label="Where they were last seen", max_length=300, required=False)
    missing_from = Choice(label="Where they are missing from", choices=choices("missing_from"), as_select=True)
    circumstances = TextArea(
        label="What happened, and why you are worried",
        max_length=4000,
        look=Look(rows=4, second_look=SECOND_LOOK),
    )
    clothing = CharField(label="What they wear", max_length=300, required=False)
    carries = CharField(
        label="What they have with them",
        max_length=300,
        required=False,
        help_text="Phone, money, travel card, medicine.",
    )
    likely_places = TextArea(label="Where they may be", max_length=2000, required=False, look=Look(rows=2))
    companions = TextArea(label="Who they may be with", max_length=2000, required=False, look=Look(rows=2))
    harm_feared = MultipleChoice(label="What harm do you fear?", choices=choices("harms"), required=False)
    number = CharField(
        label="Your own reference for this",
        max_length=80,
        required=False,
        help_text="Such as the number the police gave.",
        look=Look(width=20),
    )
    told_by = CharField(
        label="Who reports it",
        max_length=200,
        help_text="Name, and post or relation to the child, and how to reach them.",
    )

    def __init__(self, *given: Any, today: date, now: datetime, **options: Any) -> None:
        super().__init__(*given, **options)
        self.now = now
        self.fields["gone_on"].latest = today  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("gone_on") and said.get("gone_time") and self._gone() > self.now:
            self.add_error("gone_time", NOT_YET)
        return said

    def reported(self, subject_id: int, agency_id: int) -> Reported:
        """The answers as the action takes them."""
        said = self.cleaned_data
        details = Details(**{name: str(said[name]).strip() for name in DETAILS}, harm_feared=tuple(said["harm_feared"]))
        return Reported(
            subject_id=subject_id,
            agency_id=agency_id,
            kind=said["kind"],
            gone_at=self._gone(),
            gone_is_day=said["gone_time"] is None,
            number=said["number"].strip(),
            told_by=said["told_by"].strip(),
            details=details,
        )

    def _gone(self) -> datetime:
        return datetime.combine(self.cleaned_data["gone_on"], self.cleaned_data["gone_time"] or time(), tzinfo=HERE)


class NewcomerReportForm(ReportForm):
    """The same of a child who is not on record: with it a record is begun."""

    first_name = CharField(label="First name", max_length=120)
    last_name = CharField(label="Last name", max_length=120, required=False)
    date_of_birth = Date(label="Date of birth", required=False, help_text="Leave it empty where it is not known.")
    nhs = CharField(label="NHS number", max_length=20, required=False, look=Look(width=20))
    address = CharField(label="Where they live", max_length=300, required=False)
    postcode = CharField(label="Postcode", max_length=10, required=False, look=Look(width=10))

    WHO = ("first_name", "last_name", "date_of_birth", "nhs", "address", "postcode")

    def __init__(self, *given: Any, today: date, **options: Any) -> None:
        super().__init__(*given, today=today, **options)
        self.fields["date_of_birth"].latest = today  # type: ignore[attr-defined]

    clean_nhs = FindForm.clean_nhs

    def facts(self) -> dict[str, str]:
        """What a record is begun with."""
        said = self.cleaned_data
        born = said["date_of_birth"]
        facts = {name: said[name] for name in ("first_name", "last_name", "address", "postcode") if said[name]}
        facts |= {"date_of_birth": born.isoformat()} if isinstance(born, date) else {}
        return facts | ({"nhs_number": said["nhs"]} if said["nhs"] else {})
