"""A report's answers: each page's form as it was kept, what they come to, and how they read before they are sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from kith.doors.forms.asking import GIVERS, PersonForm, StartForm, WhatForm, WhereForm, YouForm
from kith.doors.presenters import Answer, Part
from kith.doors.rules import MOST_PEOPLE, SEEN_BY, Typed, pages_for, read_position
from kith.foundations.design_system.words import day
from kith.front_door.actions import NamedIn, Told, WhoGave
from kith.front_door.rules import codes
from kith.subjects.rules import PLACE_KINDS

BLOCK = re.compile(r"p(\d{1,2})-")
FORMS = {"start": StartForm, "where": WhereForm, "what": WhatForm, "you": YouForm}
TITLES = {"where": "Where", "what": "What you saw or heard", "people": "Who", "you": "You"}


class Answers:
    """Everything somebody answered so far. `found`: public places that fit what they typed; `files`: names
    of the files they gave.
    """

    def __init__(
        self, pages: Mapping[str, Typed], today: date, found: Iterable[str] = (), files: Iterable[str] = ()
    ) -> None:
        self.pages, self.today, self.found, self.files = pages, today, list(found), list(files)
        start = pages.get("start", {})
        self.kind, self.about = _one(start, "kind"), _one(start, "about")

    def asked(self) -> tuple[str, ...]:
        return pages_for(self.kind, self.about)

    # One page

    def form(self, page: str, *, judged: bool, files: Any = None) -> forms.Form:
        """The page's form with what was kept: judged, it says what is wrong; otherwise it shows what stands there."""
        kept = _sent(self.pages.get(page, {}))
        made: forms.Form = FORMS[page](kept if judged else None, files, **self._told_of(page))
        if not judged:
            made.initial = {
                name: field.widget.value_from_datadict(kept, {}, name) for name, field in made.fields.items()
            }
        return made

    def people(self, *, judged: bool, at_least: int = 1) -> list[PersonForm]:
        """A form for each person that is named, and as many empty ones as are asked for."""
        typed = self.pages.get("people", {})
        kept = _sent(typed)
        numbers = sorted({int(found[1]) for name in typed if (found := BLOCK.match(name)) and _says(typed, found[1])})
        count = max(at_least, len(numbers))
        numbers += [number for number in range(MOST_PEOPLE) if number not in numbers]
        return [self._person(kept, number, judged) for number in numbers[: min(count, MOST_PEOPLE)]]

    def _person(self, kept: QueryDict, number: int, judged: bool) -> PersonForm:
        made = PersonForm(kept if judged else None, prefix=f"p{number}")
        if not judged:
            made.initial = {
                name: field.widget.value_from_datadict(kept, {}, f"p{number}-{name}")
                for name, field in made.fields.items()
            }
        return made

    def _told_of(self, page: str) -> dict[str, Any]:
        needed: dict[str, dict[str, Any]] = {
            "where": {"about": self.about, "found": self.found},
            "what": {"today": self.today},
            "you": {"kind": self.kind, "about": self.about},
        }
        return needed.get(page, {})

    # All pages

    def wrong_page(self) -> str:
        """The first page whose answers cannot be sent as they stand; nothing where all can."""
        if self._clean("start") is None:
            return "start"
        for page in self.asked():
            if page == "people" and not all(form.is_valid() for form in self.people(judged=True)):
                return page
            if page in FORMS and self._clean(page) is None:
                return page
        return ""

    def _clean(self, page: str) -> dict[str, Any] | None:
        form = self.form(page, judged=True)
        return form.cleaned_data if form.is_valid() else None

    def cleaned(self, page: str) -> dict[str, Any]:
        """A page's answers, once nothing is wrong with them."""
        return self._clean(page) or {}

    def told(self, outside: str = "") -> Told:
        """What is handed to the front door. `outside`: whose area it is, where it is not ours."""
        start, what, where = self.cleaned("start"), self.cleaned("what"), self.cleaned("where")
        return Told(
            about=self.about,
            what=what["what"],
            giver=self._giver(),
            in_danger=bool(start.get("danger")),
            on=what.get("on"),
            when={name: what[name] for name in ("days", "hours") if what.get(name)},
            where=_where(where, self.about) | ({"outside": outside} if outside else {}),
            how_known=what.get("how_known") or "",
            named=tuple(self._named(where)),
        )

    def _giver(self) -> WhoGave:
        you = self.cleaned("you")
        words = ("name", "role", "agency_name", "email", "phone", "best_time", "family_told")
        given: dict[str, Any] = {name: str(you.get(name) or "") for name in words}
        return WhoGave(kind=self.kind, unnamed=bool(you.get("unnamed")), **given)

    def _named(self, where: dict[str, Any]) -> Iterable[NamedIn]:
        place = where.get("found") or where.get("name")
        if self.about in ("place", "online") and (place or where.get("online")):
            details = {key: where[key] for key in ("postcode", "kind", "online", "near") if where.get(key)}
            yield NamedIn("place", "place", place or where["online"], details)
        if self.about == "group":
            yield NamedIn("group", "group", where.get("group") or "A group of young people")
        for form in self.people(judged=True):
            if form.is_valid() and any(form.cleaned_data[name] for name in ("name", "age", "school", "about")):
                yield _person_named(form.cleaned_data, self.about)

    # How they read

    def parts(self) -> list[Part]:
        """Every answer in words, under who will see it."""
        start = self.cleaned("start")
        begun = [Answer("Who you are", GIVERS.get(self.kind, ""), "start", "kind"),
                 Answer("What it is about", codes()["about"].title(self.about), "start", "about")]  # fmt: skip
        if start.get("danger"):
            begun.append(Answer("Today", "Somebody may come to harm today", "start", "danger"))
        parts = [Part("What this is about", SEEN_BY["start"], "start", tuple(begun))]
        for page in self.asked():
            if page != "safety":
                answers = self._people_said() if page == "people" else self._said(page)
                parts.append(Part(TITLES[page], SEEN_BY[page], page, tuple(answers)))
        return parts

    def _said(self, page: str) -> list[Answer]:
        form, cleaned = self.form(page, judged=True), self.cleaned(page)
        said = [
            Answer(_question(form, name), words, page, name)
            for name in form.fields
            if name not in ("follow", "file", "keep_place") and (words := _in_words(name, cleaned.get(name)))
        ]
        if page == "what":
            said += [Answer("File", name, page, "file") for name in self.files]
        return said or [Answer(TITLES[page], "Nothing", page)]

    def _people_said(self) -> list[Answer]:
        said = []
        for number, form in enumerate(self.people(judged=True), start=1):
            form.is_valid()
            words = [str(form.cleaned_data[name]) for name in ("name", "age", "school", "about")]
            if any(words):
                part = dict(form.fields["part"].choices).get(form.cleaned_data["part"])  # type: ignore[attr-defined]
                said.append(Answer(f"Person {number}", "\n".join(filter(None, [*words, part])), "people"))
        return said or [Answer("Who", "Nobody is named", "people")]


def _one(typed: Typed, name: str) -> str:
    return (typed.get(name) or [""])[0]


def _says(typed: Typed, number: str) -> bool:
    """Whether anything is written in a person's boxes. Their part alone names nobody."""
    return any(_one(typed, f"p{number}-{name}").strip() for name in ("name", "age", "school", "about"))


def _sent(typed: Typed) -> QueryDict:
    sent = QueryDict(mutable=True)
    for name, values in typed.items():
        sent.setlist(name, values)
    return sent


def _where(where: dict[str, Any], about: str) -> dict[str, Any]:
    """As models.Contact holds it."""
    said = {name: where.get(name) for name in ("name", "postcode", "kind", "online")}
    said["name"] = where.get("found") or where.get("name")
    said["words"] = where.get("near")
    position = read_position(where.get("position") or "")
    if position:
        said |= {"latitude": position.latitude, "longitude": position.longitude}
    if where.get("near"):
        said["not_sure"] = True
    if about == "online":
        said["kind"] = "online"
    return {name: value for name, value in said.items() if value}


def _person_named(said: dict[str, Any], about: str) -> NamedIn:
    part = said["part"] or ("adult" if about == "adult" else "child")
    details = {name: said[name] for name in ("age", "school", "about") if said[name]}
    return NamedIn("person", part, said["name"] or "Not named", details)


def _question(form: forms.Form, name: str) -> str:
    return str(form.fields[name].label)


def _in_words(name: str, value: Any) -> str:
    if isinstance(value, date):
        return day(value)
    if isinstance(value, bool):
        return "Yes" if value else ""
    if isinstance(value, list):
        return ", ".join(codes()[name].title(key) for key in value)
    if name == "how_known":
        return codes()[name].title(value) if value else ""
    if name == "kind":
        return PLACE_KINDS.get(value, "")
    if name == "family_told":
        return {"yes": "Yes", "no": "No", "not-safe": "No: it would not be safe"}.get(value, "")
    return str(value or "")
