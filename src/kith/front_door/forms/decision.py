"""What somebody who decides is asked: what follows for each, why, on what basis, what the giver is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from kith.foundations.access.models import Team
from kith.foundations.design_system.forms import CharField, Choice, Look, MultipleChoice, TextArea, YesNo
from kith.foundations.letters.rules import LEAVE_OUT, name_in
from kith.front_door.actions import Decided, Follows, Sharing
from kith.front_door.models import Named
from kith.front_door.rules import codes
from kith.pathways.rules import pathways
from kith.subjects.wording import SECOND_LOOK

NONE_OF_THESE, NOT_ASKED = ("none", "None of these"), ("not-asked", "Not yet asked")
NEEDS_RESULT = "Say what follows for {name}"
NEEDS_SETTLED = "Say first who or where is meant: {name}"
RATIONALE_HINT = (
    "What you know, what you do not know yet, and what would have to be true for this to be worse than it looks."
)


class DecisionForm(forms.Form):
    """The decision. For each named with a record there are two more questions: what follows, and for which team."""

    verdict = Choice(label="What do you decide?", choices=[])
    on_record = TextArea(
        label="What stands on the record",
        required=False,
        help_text="For all who work with any of them. Leave out who told, and what belongs to one child alone.",
        look=Look(rows=4, second_look=SECOND_LOOK),
    )
    level = Choice(label="Level of need", choices=[], as_select=True, required=False)
    harms = MultipleChoice(label="What kinds of harm outside the home may it be?", choices=[], required=False)
    factors = MultipleChoice(
        label="What makes life harder for them?",
        choices=[],
        required=False,
        help_text="Only what somebody has asked about.",
    )
    rationale = TextArea(label="Why", help_text=RATIONALE_HINT, look=Look(rows=3, second_look=SECOND_LOOK))
    referral_source = Choice(label="Source of the referral", choices=[], as_select=True, required=False)
    bases = MultipleChoice(label="On what lawful basis is it shared?", choices=[], required=False)
    shared = YesNo(label="Is it shared with those who will work on it?")
    refused_because = CharField(label="Why it is not shared", max_length=500, required=False)
    family_informed = YesNo(label="Does the child or family know?", required=False)
    why_not_informed = CharField(
        label="Why they do not know yet",
        max_length=500,
        required=False,
        help_text="Such as that telling would put a child in danger.",
    )

    def __init__(
        self, *given: Any, named: Sequence[Named], teams: Mapping[str, Sequence[Team]], **options: Any
    ) -> None:
        super().__init__(*given, **options)
        self.settled = [one for one in named if one.subject_id]
        self.unsettled = [one for one in named if one.settled_at is None]
        self.teams = {team.pk: team for offered in teams.values() for team in offered}
        lists = codes()
        self._offer("verdict", [c for c in lists["verdicts"].choices() if c[0] != "duplicate"])
        self._offer("level", [("", "Not decided"), *lists["levels"].choices()])
        self._offer("harms", lists["harms"].choices())
        self._offer("factors", [*lists["factors"].choices(), NONE_OF_THESE, NOT_ASKED])
        self._offer("bases", lists["bases"].choices())
        self._offer("referral_source", [("", "Choose"), *lists["referral_sources"].choices()])
        self.fields["verdict"].look = Look(  # type: ignore[attr-defined]
            hints={code.key: code.hint for code in lists["verdicts"].codes if code.hint}
        )
        self.fields["shared"].look = Look(inline=True, reveals={"no": "refused_because"})  # type: ignore[attr-defined]
        self.fields["family_informed"].look = Look(inline=True, reveals={"no": "why_not_informed"})  # type: ignore[attr-defined]
        for one in self.settled:
            self._ask_about(one, teams)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        verdict = answers.get("verdict")
        if verdict == "act":
            self._check_acted(answers)
        if answers.get("shared") is False and not answers.get("refused_because", "").strip():
            self.add_error("refused_because", "Say why it is not shared: the reason is kept")
        if answers.get("shared") and not answers.get("bases"):
            self.add_error("bases", "Choose the lawful basis on which it is shared")
        if answers.get("family_informed") is False and not answers.get("why_not_informed", "").strip():
            self.add_error("why_not_informed", "Say why the child or family does not know yet")
        if {"none", "not-asked"} & set(answers.get("factors", [])) and len(answers["factors"]) > 1:
            self.add_error("factors", "Choose what makes life harder, or “none of these”, or “not yet asked”")
        if verdict in ("act", "information") and self.settled and not answers.get("on_record", "").strip():
            self.add_error("on_record", "Write what stands on the record")
        return answers

    def decided(self) -> Decided:
        """The answers as the action takes them."""
        answers = self.cleaned_data
        sharing = Sharing(
            shared=bool(answers["shared"]),
            bases=tuple(answers["bases"]),
            family_informed={True: "yes", False: "no"}.get(answers["family_informed"], ""),
            why_not_informed=answers["why_not_informed"],
            refused_because=answers["refused_because"] if not answers["shared"] else "",
        )
        recorded = answers["verdict"] in ("act", "information")
        return Decided(
            verdict=answers["verdict"],
            rationale=answers["rationale"],
            sharing=sharing,
            on_record=answers["on_record"] if recorded else "",
            follows=tuple(self._follows(one, answers) for one in self.settled) if recorded else (),
            referral_source=answers["referral_source"],
            level=answers["level"],
            harms=tuple(answers["harms"]),
            factors=_factors(answers["factors"]),
        )

    def _ask_about(self, one: Named, teams: Mapping[str, Sequence[Team]]) -> None:
        kind = one.kind
        offered = [
            (code.key, code.title)
            for code in codes()["results"].codes
            if not code.pathway or kind in pathways()[code.pathway].about
        ]
        path = "context" if kind != "person" else "assessment"
        usual = teams.get(path, ())
        self.fields[f"result-{one.pk}"] = Choice(
            label=f"What follows for {one.name}", choices=offered, as_select=True, required=False
        )
        self.fields[f"team-{one.pk}"] = Choice(
            label="Which team takes it on",
            choices=[
                ("", "The team whose work it is"),
                *((str(team.pk), f"{team.name}, {team.agency.name}") for team in usual),
            ],
            as_select=True,
            required=False,
            initial=" ",
        )
        self.fields[f"private-{one.pk}"] = TextArea(
            label=f"Only on the record of {one.name}", required=False, look=Look(rows=2, second_look=SECOND_LOOK)
        )

    def _check_acted(self, answers: dict[str, Any]) -> None:
        for one in self.unsettled:
            self.add_error(None, NEEDS_SETTLED.format(name=one.name))
        for one in self.settled:
            if not answers.get(f"result-{one.pk}"):
                self.add_error(f"result-{one.pk}", NEEDS_RESULT.format(name=one.name))
        opened = [codes()["results"].get(answers.get(f"result-{one.pk}") or "none") for one in self.settled]
        if not any(code.pathway for code in opened) and not self.errors:
            self.add_error(
                "verdict", "To act on it, open something for at least one of those named; else keep it as information"
            )
        if not answers.get("harms"):
            self.add_error("harms", "Choose what kinds of harm it may be; “not sure yet” is an answer")
        if any(code.referral for code in opened) and not answers.get("referral_source"):
            self.add_error("referral_source", "Choose the source of the referral")

    def _follows(self, one: Named, answers: dict[str, Any]) -> Follows:
        result = answers.get(f"result-{one.pk}") or "information"
        pathway = codes()["results"].get(result).pathway
        chosen = self.teams.get(int(answers.get(f"team-{one.pk}") or 0))
        team = chosen or self._usual_team(pathway)
        return Follows(one.pk, result, team if pathway else None, answers.get(f"private-{one.pk}", ""))

    def _usual_team(self, pathway: str) -> Team | None:
        work = pathways()[pathway].team if pathway else ""
        return next((team for team in self.teams.values() if work and team.work == work), None)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def _factors(chosen: Sequence[str]) -> tuple[str, ...] | None:
    """None: not yet asked; empty: none of these."""
    return None if not chosen or "not-asked" in chosen else tuple(key for key in chosen if key != "none")


class ReplyForm(forms.Form):
    """What the giver is told."""

    text = TextArea(
        label="What the giver is told",
        help_text="In plain words, and without saying more of a child or family than the giver may know.",
        look=Look(rows=6, second_look=SECOND_LOOK),
        max_length=4000,
    )
    spoken = YesNo(label="Have you told them by phone?", required=False)

    def __init__(self, *args: Any, names: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = tuple(names)

    def clean_text(self) -> str:
        """Names nobody: it goes as a letter, or is read where somebody follows it by reference and code."""
        text = str(self.cleaned_data["text"])
        if name := name_in(text, self.names):
            raise forms.ValidationError(LEAVE_OUT.format(name=name))
        return text


class UndoForm(forms.Form):
    """Why a decision is undone."""

    because = CharField(label="Why you undo it", max_length=300)


class SplitForm(forms.Form):
    """What becomes a contact of its own."""

    what = TextArea(
        label="What the new contact is about",
        help_text="The words that were told stay with the first contact too.",
        look=Look(rows=5),
    )
    named = MultipleChoice(label="Who or where goes with it", choices=[], required=False)

    def __init__(self, *given: Any, named: Sequence[Named], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["named"].choices = [(str(n.pk), n.name) for n in named if n.settled_at is None]  # type: ignore[attr-defined]


class JoinForm(forms.Form):
    """Which contact says the same."""

    reference = CharField(
        label="The other contact’s reference", max_length=20, look=Look(width=10), help_text="Such as K7M-4PQ-2XD."
    )
    because = CharField(label="How you know that they are about the same", max_length=300)
