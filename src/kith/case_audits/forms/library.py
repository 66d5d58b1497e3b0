"""Forms of the library: an audit handed in, found, withdrawn."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict

from kith.case_audits.actions.library import AuditFile, HandedIn
from kith.case_audits.forms.programme import LONG_AGO
from kith.case_audits.permissions import SAY_WHY_WITHDRAWN
from kith.case_audits.queries.library import Asked
from kith.case_audits.rules.questions import JUDGEMENTS
from kith.case_audits.rules.themes import THEMES
from kith.foundations.access.rules import says_something
from kith.foundations.design_system.forms import CharField, Choice, Date, Look, TextArea
from kith.foundations.documents.forms import UploadField
from kith.foundations.documents.rules import Kind

ENDS_FIRST = "The period must end after it begins"
TAKEN = {Kind.PDF, Kind.DOCX, Kind.XLSX}
NOT_TAKEN = "Choose a PDF, a Word document (.docx) or a spreadsheet (.xlsx)"
SAY_WHO = "Say who may open the file"


class HandInForm(forms.Form):
    """An audit that an agency made by itself. It names no child."""

    title = CharField(label="What was audited?", max_length=200)
    theme = Choice(label="What is it about?", choices=THEMES.items(), as_select=True)
    since = Date(label="From")
    until = Date(label="Until")
    records = forms.IntegerField(label="How many records?", min_value=1, max_value=100_000)
    grade = Choice(
        label="How is it, as a whole?",
        help_text="In the words of your own audit, the nearest of these.",
        choices=[*JUDGEMENTS.items(), ("", "Not judged as a whole")],
        required=False,
    )
    findings = TextArea(
        label="What was found?",
        help_text="In short, without names, dates of birth or addresses.",
        max_length=8000,
        look=Look(rows=6),
    )
    actions = TextArea(label="What will be done?", required=False, max_length=4000, look=Look(rows=4))
    file = UploadField(
        label="The audit itself, as a file",
        required=False,
        help_text="A PDF, a Word document or a spreadsheet, smaller than 10 MB, without names of children. Files with "
        "macros or a password are not taken.",
    )
    audience = Choice(
        label="Who may open the file?",
        choices=[("own", "Only our agency"), ("all", "Everybody in the partnership who sees figures")],
        required=False,
    )

    def __init__(self, *given: Any, today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        for name in ("since", "until"):
            field = cast("Date", self.fields[name])
            field.earliest, field.latest = today - LONG_AGO, today

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given and given.kind not in TAKEN:
            raise forms.ValidationError(NOT_TAKEN, code="refused")
        return given

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", ENDS_FIRST)
        if said.get("file") and not said.get("audience"):
            self.add_error("audience", SAY_WHO)
        return said

    def handed_in(self) -> HandedIn:
        """As the action takes it."""
        return HandedIn(**{key: said for key, said in self.cleaned_data.items() if key not in ("file", "audience")})

    def as_file(self) -> AuditFile | None:
        """The file, and for whom."""
        given = self.cleaned_data["file"]
        return AuditFile(given, self.cleaned_data["audience"] == "all") if given else None


class WithdrawForm(forms.Form):
    """Why an audit stands in the library no more."""

    why = TextArea(label="Why is it withdrawn?", max_length=300, look=Look(rows=3))

    def clean_why(self) -> str:
        why = str(self.cleaned_data["why"])
        if not says_something(why):
            raise forms.ValidationError(SAY_WHY_WITHDRAWN, code="invalid")
        return why


def read_asked(given: QueryDict) -> Asked:
    """What the address asks for; what is none of the choices is not asked."""
    theme, grade = given.get("theme", ""), given.get("grade", "")
    return Asked(
        words=given.get("q", "")[:100].replace("\x00", "").strip(),
        agency=given.get("agency", "")[:80].replace("\x00", ""),
        theme=theme if theme in THEMES else "",
        grade=grade if grade in JUDGEMENTS else "",
        withdrawn=given.get("withdrawn") == "yes",
    )
