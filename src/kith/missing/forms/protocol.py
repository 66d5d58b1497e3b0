"""What is asked about a home's search, and about the monthly review."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, cast

from django import forms

from kith.foundations.clocks import HERE
from kith.foundations.design_system.forms import CharField, Choice, Date, Look, TextArea, Time
from kith.missing.actions.protocol import Begun, Did, Reviewed
from kith.missing.models import Profile
from kith.missing.rules.protocol import next_review

LATER = "That time has not come yet"
ANOTHER = "another"
AGREED_AT_MOST = 5


class SearchForm(forms.Form):
    """Whom the home looks for, and when the child was last seen."""

    team = Choice(label="Your home", choices=[])
    child = Choice(label="Who is not where they should be?", choices=[], look=Look(reveals={ANOTHER: "called"}))
    called = CharField(label="Their name", max_length=200, required=False)
    seen_on = Date(label="The day they were last seen")
    seen_at = Time(label="The time, as best you know")

    def __init__(
        self, *given: Any, homes: Mapping[str, str], profiles: list[Profile], now: datetime, **options: Any
    ) -> None:
        super().__init__(*given, **options)
        self.profiles, self.now = {str(one.pk): one for one in profiles}, now
        offered = [*((key, one.called) for key, one in self.profiles.items()), (ANOTHER, "Another child")]
        cast(Choice, self.fields["child"]).choices = offered
        cast(Choice, self.fields["team"]).choices = list(homes.items())
        cast(Date, self.fields["seen_on"]).latest = now.astimezone(HERE).date()
        self.only = next(iter(homes)) if len(homes) == 1 else ""
        if self.only:
            del self.fields["team"]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("child") == ANOTHER and not answers.get("called", "").strip():
            self.add_error("called", "Enter their name")
        if answers.get("seen_on") and answers.get("seen_at"):
            answers["last_seen"] = datetime.combine(answers["seen_on"], answers["seen_at"], tzinfo=HERE)
            if answers["last_seen"] > self.now:
                self.add_error("seen_at", LATER)
        return answers

    def begun(self) -> Begun:
        said = self.cleaned_data
        profile = self.profiles.get(said["child"])
        return Begun(
            team_id=int(self.only or said["team"]),
            called=profile.called if profile else said["called"].strip(),
            last_seen_at=said["last_seen"],
            profile_id=profile.pk if profile else None,
            subject_id=profile.subject_id if profile else None,
        )


class StepForm(forms.Form):
    """One step: done by whom and when, or skipped because."""

    who = CharField(label="Who did it", max_length=200, required=False)
    at = Time(label="When, if not just now", required=False)
    because = CharField(label="Skipped because", max_length=300, required=False)

    def __init__(self, *given: Any, key: str, skips: bool, now: datetime, **options: Any) -> None:
        super().__init__(*given, **options)
        self.key, self.skips, self.now = key, skips, now

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if self.skips and not answers.get("because", "").strip():
            self.add_error("because", "Say why it is skipped")
        return answers

    def did(self) -> Did:
        said = self.cleaned_data
        if self.skips:
            return Did(self.key, skipped_because=said["because"].strip())
        return Did(self.key, done_at=self._when(said["at"]), done_by=said["who"].strip())

    def _when(self, at: Any) -> datetime:
        """A time later than now was yesterday's."""
        if at is None:
            return self.now
        when = datetime.combine(self.now.astimezone(HERE).date(), at, tzinfo=HERE)
        return when if when <= self.now else when - timedelta(days=1)


class ReviewForm(forms.Form):
    """What home and police agreed on one month."""

    held_on = Date(label="The day you met")
    attended = TextArea(
        label="Who was there", max_length=2000, look=Look(rows=3), help_text="Name and post, one a line"
    )
    notes = TextArea(label="What you talked about", required=False, max_length=4000, look=Look(rows=5))
    next_on = Date(label="When you meet next")

    def __init__(self, *given: Any, month: date, today: date, **options: Any) -> None:
        options.setdefault("initial", {"held_on": today, "next_on": next_review(month)})
        super().__init__(*given, **options)
        self.month = month
        cast(Date, self.fields["held_on"]).earliest = month
        cast(Date, self.fields["held_on"]).latest = today
        cast(Date, self.fields["next_on"]).earliest = month
        for number in range(1, AGREED_AT_MOST + 1):
            self.fields[f"what-{number}"] = CharField(
                label=f"Agreed {number}: what is done", required=False, max_length=300
            )
            self.fields[f"who-{number}"] = CharField(
                label=f"Agreed {number}: who does it", required=False, max_length=200
            )
            self.fields[f"by-{number}"] = Date(label=f"Agreed {number}: by when", required=False)
        self.order_fields([*(name for name in self.fields if name != "next_on"), "next_on"])

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        for number in range(1, AGREED_AT_MOST + 1):
            if answers.get(f"what-{number}"):
                for part, words in (("who", "Enter who does it"), ("by", "Enter by when")):
                    if not answers.get(f"{part}-{number}") and f"{part}-{number}" not in self.errors:
                        self.add_error(f"{part}-{number}", words)
        return answers

    def reviewed(self) -> Reviewed:
        said = self.cleaned_data
        agreed = tuple(
            (said[f"what-{n}"].strip(), said[f"who-{n}"].strip(), said[f"by-{n}"])
            for n in range(1, AGREED_AT_MOST + 1)
            if said[f"what-{n}"]
        )
        return Reviewed(
            month=self.month,
            held_on=said["held_on"],
            attended=said["attended"],
            notes=said["notes"],
            next_on=said["next_on"],
            agreed=agreed,
        )
