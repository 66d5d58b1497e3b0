"""What is asked, what is read from it, and how it is drawn."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from kith.foundations.design_system import forms as asked
from kith.foundations.design_system.forms.drawing import error_links
from kith.foundations.design_system.forms.reading import CannotRead, read_time


class Story(forms.Form):
    name = asked.CharField(label="Name", help_text="As they say it")
    born = asked.Date(label="Date of birth", latest=date(2026, 11, 3), look=asked.Look(not_known=True))
    at = asked.Time(label="Time", required=False)
    how = asked.Choice(
        label="How do you know?",
        choices=[("saw", "I saw it"), ("other", "Another way")],
        look=asked.Look(not_known=True, reveals={"other": "which"}),
    )
    which = asked.CharField(label="Which way?", required=False)
    safe = asked.YesNo(label="Safe now?", required=False, look=asked.Look(not_known=True))


ANSWERS = {"name": "Amara", "born-day": "8", "born-month": "12", "born-year": "2010", "how": "saw"}


def page(form: forms.Form) -> BeautifulSoup:
    return BeautifulSoup(str(form), "lxml")


def answered(**answers: str) -> Story:
    return Story({**ANSWERS, **answers})


def test_answers_are_read() -> None:
    form = answered(at="4:10 pm", safe="no")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == date(2010, 12, 8)
    assert form.cleaned_data["at"] == time(16, 10)
    assert form.cleaned_data["safe"] is False


def test_not_known_is_different_from_no_answer() -> None:
    form = Story({"name": "Amara", "born-not-known": "yes", "how": "not-known", "safe": "not-known"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] is asked.NOT_KNOWN
    assert form.cleaned_data["how"] == asked.NOT_KNOWN
    assert form.cleaned_data["safe"] is asked.NOT_KNOWN
    silent = answered()
    assert silent.is_valid()
    assert silent.cleaned_data["safe"] is None


@pytest.mark.parametrize(
    ("boxes", "words", "box"),
    [
        ({"born-day": ""}, "Date of birth must include a day", "day"),
        ({"born-month": "", "born-year": ""}, "Date of birth must include a month and year", "month"),
        ({"born-day": "31", "born-month": "2"}, "Date of birth must be a real date", "day"),
        ({"born-month": "13"}, "Date of birth must be a real date", "month"),
        ({"born-year": "10"}, "Date of birth must have a year of four figures, like 2011", "year"),
        ({"born-year": "2030"}, "Date of birth must be on or before Tuesday 3 November 2026", "day"),
        ({"born-not-known": "yes"}, "Give a date or tick 'Not known', not both", "day"),
    ],
)
def test_a_date_that_cannot_be_read_says_why_keeps_what_was_typed_and_leads_to_its_box(
    boxes: dict[str, str], words: str, box: str
) -> None:
    form = answered(**boxes)
    assert not form.is_valid()
    assert error_links(form) == [{"text": words, "href": f"#id_born-{box}"}]
    shown = page(form)
    for part in ("day", "month", "year"):
        kept = shown.find(id=f"id_born-{part}")["value"] if shown.find(id=f"id_born-{part}").has_attr("value") else ""
        assert kept == {**ANSWERS, **boxes}[f"born-{part}"]
    assert "govuk-input--error" in shown.find(id=f"id_born-{box}")["class"]


def test_a_month_may_be_written_as_a_word() -> None:
    form = answered(**{"born-month": "December"})
    assert form.is_valid()
    assert form.cleaned_data["born"] == date(2010, 12, 8)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("4:10 pm", time(16, 10)),
        ("4.10pm", time(16, 10)),
        ("16:10", time(16, 10)),
        ("1610", time(16, 10)),
        ("4 p.m.", time(16)),
        ("12am", time(0)),
        ("12:30 pm", time(12, 30)),
        ("Midday", time(12)),
        ("9", time(9)),
    ],
)
def test_times_as_people_write_them(typed: str, read: time) -> None:
    assert read_time(typed, called="The time") == read


@pytest.mark.parametrize("typed", ["25:00", "half past four", "13 pm", "0 am", "4:75", "4:10 pm or so"])
def test_times_nobody_can_read(typed: str) -> None:
    with pytest.raises(CannotRead, match="The time must be a"):
        read_time(typed, called="The time")


def test_nothing_is_chosen_beforehand() -> None:
    assert not page(Story()).find_all(attrs={"checked": True})


def test_every_box_has_a_name_a_label_and_its_hint() -> None:
    shown = page(Story())
    for box in shown.select("input"):
        assert shown.find("label", attrs={"for": box["id"]}), box
    assert shown.find(id="id_name")["aria-describedby"] == "id_name-hint"


def test_a_question_that_another_answer_reveals_is_drawn_inside_it_and_once() -> None:
    shown = page(Story())
    assert len(shown.find_all("input", attrs={"name": "which"})) == 1
    asked_inside = shown.find(attrs={"name": "which"}).find_parent(class_="govuk-radios__conditional")
    assert "optional" not in asked_inside.get_text()  # it is asked because of the answer


def test_optional_questions_say_so_and_missing_answers_say_what_to_do() -> None:
    form = Story({})
    assert not form.is_valid()
    assert [link["text"] for link in error_links(form)] == [
        "Enter name",
        "Enter date of birth",
        "Answer the question: How do you know?",
    ]
    assert "Time (optional)" in page(form).get_text()


def test_what_was_typed_is_never_markup() -> None:
    form = Story({**ANSWERS, "name": "<script>alert(1)</script>", "how": ""})
    assert not form.is_valid()
    assert page(form).find("script") is None


def test_a_password_is_never_sent_back() -> None:
    class SignIn(forms.Form):
        secret = forms.CharField(label="Password", widget=forms.PasswordInput(render_value=True))
        again = forms.CharField(label="Again")

    form = SignIn({"secret": "correct horse", "again": ""})
    assert not form.is_valid()
    assert "correct horse" not in str(form)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("rows.exe", b"1", "The file must end in .csv"),
        ("rows.csv", b"1" * 200, "The file must be smaller than 0.0001 MB"),
    ],
)
def test_files_of_another_kind_or_too_large(name: str, content: bytes, words: str) -> None:
    class Send(forms.Form):
        rows = asked.File(label="Rows", endings=[".csv"], largest=100)

    form = Send({}, {"rows": SimpleUploadedFile(name, content)})
    assert not form.is_valid()
    assert form.errors["rows"] == [words]


@pytest.mark.parametrize(
    "field",
    [
        forms.EmailField(label="x"),
        forms.IntegerField(label="x"),
        forms.BooleanField(label="x"),
        forms.ChoiceField(label="x", choices=[("a", "A")]),
        forms.CharField(label="x", widget=forms.Textarea),
        forms.DateField(label="x"),
        forms.FileField(label="x"),
        forms.MultipleChoiceField(label="x", choices=[("a", [("b", "B")])]),
    ],
)
def test_other_packages_fields_are_drawn_as_ours(field: forms.Field) -> None:
    form: Any = type("Other", (forms.Form,), {"field": field})()
    shown = page(form)
    assert shown.find(class_="govuk-form-group")
    assert shown.find(attrs={"name": "field"}) is not None
