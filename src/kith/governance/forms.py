"""What is asked when the glass is broken or reviewed, when who looked is read, and of staff."""

from __future__ import annotations

from typing import Any

from django import forms

from kith.foundations.access.models import Agency, Team, Viewer
from kith.foundations.access.rules import GLASS_GROUNDS, REVIEW_OUTCOMES, ROLES, Role, says_something
from kith.foundations.design_system.forms import CharField, Choice, Look, MultipleChoice, TextArea
from kith.foundations.design_system.words import short_day
from kith.governance.queries import AuditFilter
from kith.governance.rules import action_in_words

STAFF_ROLES = [(role.value, what.title) for role, what in ROLES.items() if role != Role.SYSTEM]
STAFF_ROLE_HINTS = {role.value: what.description for role, what in ROLES.items()}
SAY_MORE = "Say in a few words what you need to know and why now, so that somebody else can review it."
RECORD_HINT = "As it stands in the list below and in the address of the record."
ONLY = {"no_relationship": "Without a relationship", "out_of_hours": "Out of hours", "break_glass": "Broken glass"}


class BreakGlassForm(forms.Form):
    """Why somebody must look where their work has not opened the record."""

    ground = Choice(label="What is it about?", choices=[(key.value, words) for key, words in GLASS_GROUNDS.items()])
    reason = TextArea(
        label="What do you need to know, and why now?",
        help_text="Two sentences are enough. Whoever reviews it reads exactly this, so leave out what is not needed.",
        max_length=1000,
        look=Look(rows=3),
    )

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if not says_something(reason):
            raise forms.ValidationError(SAY_MORE)
        return reason


class ReviewForm(forms.Form):
    """What came of looking at one breaking of the glass."""

    outcome = Choice(label="Was it right to look?", choices=REVIEW_OUTCOMES.items())
    note = TextArea(
        label="Note",
        required=False,
        help_text="Needed where something is to be talked about or taken further.",
        look=Look(rows=3),
    )


class AuditFilterForm(forms.Form):
    """What to show of the record of who looked."""

    narrows = True
    person = CharField(label="Who looked: any part of their name", required=False, look=Look(width=20))
    agency = Choice(label="Their agency", required=False, as_select=True, choices=[])
    subject_id = forms.IntegerField(
        label="Whose record: its number", required=False, min_value=1, max_value=2**62, help_text=RECORD_HINT
    )
    action = Choice(label="What they did", required=False, as_select=True, choices=[])
    first = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label="To and including", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    only = MultipleChoice(label="Only what stands out", required=False, choices=ONLY.items())

    def __init__(self, *args: Any, agencies: list[str], actions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["agency"], [("", "Any"), *((name, name) for name in agencies)])
        _offer(self.fields["action"], [("", "Anything"), *((key, action_in_words(key)) for key in actions)])

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        first, last = answers.get("first"), answers.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day must not be before the first")
        return answers

    def in_words(self, name: str, value: str) -> str:
        """One thing that the list is narrowed to: "Read a record", "From 3 Nov 2026"."""
        answer = getattr(self, "cleaned_data", {}).get(name)
        match name:
            case "only":
                return ONLY.get(value, value)
            case "action":
                return action_in_words(value)
            case "subject_id":
                return f"Record {value}"
            case "first" | "last" if answer:
                return f"{'From' if name == 'first' else 'To'} {short_day(answer)}"
            case _:
                return value

    def chosen(self) -> AuditFilter:
        """The filter; what could not be read does not narrow, and the page says so."""
        given = getattr(self, "cleaned_data", {})
        only = set(given.get("only") or [])
        return AuditFilter(
            person=given.get("person") or "",
            agency=given.get("agency") or "",
            action=given.get("action") or "",
            subject_id=given.get("subject_id"),
            first=given.get("first"),
            last=given.get("last"),
            **{name: name in only for name in ONLY},
        )


class StaffChangeForm(forms.Form):
    """Somebody's role, post, number and teams."""

    role = Choice(label="Role", choices=STAFF_ROLES, look=Look(hints=STAFF_ROLE_HINTS))
    job_title = CharField(label="Post", required=False, max_length=200)
    phone = CharField(label="Phone", required=False, max_length=40, look=Look(width=20))
    teams = MultipleChoice(label="Teams", required=False, choices=[])

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._teams = {str(team.pk): team for team in teams}
        _offer(self.fields["teams"], [(key, str(team)) for key, team in self._teams.items()])
        if not teams:
            del self.fields["teams"]

    def chosen_teams(self) -> list[Team]:
        """The teams that were ticked."""
        return [self._teams[key] for key in self.cleaned_data.get("teams", [])]


class StaffNewForm(forms.Form):
    """Somebody who will sign in. Their teams are chosen next, when their agency is known."""

    name = CharField(label="Name", max_length=200)
    email = forms.EmailField(label="Work email address", max_length=254)
    agency = Choice(label="Agency", as_select=True, choices=[])
    role = Choice(label="Role", choices=STAFF_ROLES, look=Look(hints=STAFF_ROLE_HINTS))
    job_title = CharField(label="Post", required=False, max_length=200)
    phone = CharField(label="Phone", required=False, max_length=40, look=Look(width=20))

    def __init__(self, *args: Any, agencies: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._agencies = {str(agency.pk): agency for agency in agencies}
        _offer(self.fields["agency"], [("", "Choose"), *((key, a.name) for key, a in self._agencies.items())])

    def chosen_agency(self) -> Agency:
        """The agency that was chosen."""
        return self._agencies[self.cleaned_data["agency"]]


class EndAccessForm(forms.Form):
    """Why somebody's access ends."""

    because = CharField(label="Why does their access end?", max_length=300, help_text="Such as: left on 3 November.")


def staff_initial(viewer: Viewer) -> dict[str, Any]:
    """What the form shows of somebody before anything is changed."""
    teams = [str(team.pk) for team in viewer.teams.all()]
    return {"role": viewer.role, "job_title": viewer.job_title, "phone": viewer.phone, "teams": teams}


def _offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    field.choices = choices  # type: ignore[attr-defined]
