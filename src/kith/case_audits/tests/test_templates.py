"""Templates of what audits ask: by theme, changed with versions that audits keep, blank on A4."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from kith.case_audits.actions.learning import NewRhythm, set_rhythm
from kith.case_audits.actions.templates import change_template
from kith.case_audits.models import CaseAudit, FormVersion
from kith.case_audits.queries.templates import form_named, form_standing, standing_templates
from kith.case_audits.rules.questions import Question
from kith.case_audits.rules.rhythm import Rhythm
from kith.case_audits.rules.templates import first_versions, read
from kith.foundations.access.actions import join_partnership
from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.subjects.models import Involvement
from tests.support.cast import NOW, Cast, let_in, make_person, make_viewer

TEMPLATES, NEGLECT = "/case-audits/templates", "/case-audits/templates/neglect-several"
WHY = "Nobody answered the question about tools"


def page(client: Client, who: Viewer, address: str, status: int = 200) -> BeautifulSoup:
    client.force_login(who)
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return BeautifulSoup(response.content, "html.parser")


def changed(cast: Cast, title: str = "One question") -> FormVersion:
    with viewing_as(cast.hana):
        return change_template(key="neglect-single", questions=[Question("voice", title, "Whose words?")], why=WHY,
                               by=cast.hana, now=timezone.now())  # fmt: skip


def typed(found: BeautifulSoup) -> dict[str, Any]:
    boxes = {box["name"]: box.get("value", "") for box in found.select("main input[name^=title_]")}
    return boxes | {area["name"]: area.text.strip() for area in found.select("main textarea[name^=ask_]")}


def test_each_theme_is_asked_of_one_agency_and_of_several() -> None:
    found = first_versions()
    themes = ("neglect", "sexual-exploitation", "criminal-exploitation", "missing")
    assert set(found) == {f"{theme}-{who}" for theme in themes for who in ("single", "several")}
    for theme in themes:
        single, several = found[f"{theme}-single"], found[f"{theme}-several"]
        assert set(single.questions) < set(several.questions)
        assert {"voice", "safety"} <= {one.key for one in single.questions}  # counted with the usual ones
        assert (single.of_several, several.of_several, several.checked) == (False, True, False)
    row = "- {theme: neglect, from: 2026-01-01, source: s, checked: no, use: [voice], several: [],"
    with pytest.raises(ValueError, match="twice"):
        read(row + " ask: [{key: voice, title: V, ask: x}]}")


@pytest.mark.django_db
def test_an_audit_keeps_the_version_it_was_begun_with(client: Client, cast: Cast) -> None:
    about = make_person("Amara Osei")
    let_in(about, cast.east)
    Involvement.objects.create(subject=about, scope=about.scope, agency=cast.council, worker=cast.asha.name,
                               role="Social worker", recorded_at=NOW, is_lead=True)  # fmt: skip
    client.force_login(cast.hana)
    said = {"kind": "single", "how_many": "1", "template": "neglect-single", "meeting": ""}
    assert client.post("/case-audits/draw", {**said, "template": "nonsense"}).status_code == 422
    for _ in range(2):
        assert client.post("/case-audits/draw", said).status_code == 302
        changed(cast)
        client.force_login(cast.hana)
    first, second = CaseAudit.objects.order_by("pk")
    assert (first.form, second.form) == ("neglect-single.1", "neglect-single.2")
    for one, asked in ((first, "A day in this child’s life"), (second, "One question")):
        client.post(f"/case-audits/{one.pk}/open", {"reason": "Whether her own words stand in the plan"})
        client.post(f"/case-audits/{one.pk}/today", {"needed": "no"})
        shown = page(client, cast.hana, f"/case-audits/{one.pk}/questions").find("main").text
        assert asked in shown
        assert ("One question" in shown) is (one == second)
    answers = {"voice_words": "Hers", "voice_judgement": "good"}
    assert client.post(f"/case-audits/{second.pk}/questions", answers).status_code == 302
    assert "One question" in page(client, cast.hana, f"/case-audits/{second.pk}").text


@pytest.mark.django_db
def test_a_template_is_changed_by_a_form_with_why(client: Client, cast: Cast) -> None:
    said = typed(page(client, cast.hana, f"{NEGLECT}/edit"))
    many = len(first_versions()["neglect-several"].questions)
    new = {f"title_{many}": "Money", f"ask_{many}": "Was the family’s income looked at?", "title_0": "", "ask_0": ""}
    address = f"{NEGLECT}/edit"
    assert client.post(address, {**said, **new, "why": "because"}).status_code == 422
    assert client.post(address, {**said, **new, f"ask_{many}": "", "why": WHY}).status_code == 422
    assert client.post(address, {**dict.fromkeys(said, ""), "why": WHY}).status_code == 422
    assert client.post(address, {**said, **new, "title_1": "Plan and change", "why": WHY}).status_code == 302
    stands = form_standing("neglect-several", date.today())
    assert [one.key for one in stands.questions][:1] == ["plan"]  # the same thing, still counted
    assert stands.questions[0].title == "Plan and change"
    assert stands.questions[-1].key == "own-money"
    shown = page(client, cast.asha, NEGLECT).find("main").text
    assert WHY in shown
    assert "Plan and change" in shown
    assert "The plan and what came of it" in page(client, cast.asha, f"{NEGLECT}?version=neglect-several.1").text
    for version in ("neglect-several.9", "missing-single.1", "x", "neglect-several.²"):
        page(client, cast.asha, f"{NEGLECT}?version={version}", 404)


@pytest.mark.django_db
def test_only_the_programmes_owner_changes_it_once_there_is_one(client: Client, cast: Cast) -> None:
    other = make_viewer("Olu Balogun", "manager", cast.council, cast.east)
    join_partnership()
    for who in (cast.asha, cast.vera, cast.dev):
        page(client, who, f"{NEGLECT}/edit", 403)
    page(client, other, f"{NEGLECT}/edit")
    with viewing_as(cast.hana):
        set_rhythm(rhythm=NewRhythm(Rhythm.MONTH, date.today(), cast.hana), by=cast.hana, now=timezone.now())
    page(client, cast.hana, f"{NEGLECT}/edit")
    page(client, other, f"{NEGLECT}/edit", 403)
    with viewing_as(other), pytest.raises(NotAllowed, match="owns the programme"):
        change_template(key="neglect-single", questions=[], why=WHY, by=other, now=timezone.now())
    page(client, cast.hana, f"{TEMPLATES}/general/edit", 404)
    page(client, cast.hana, f"{TEMPLATES}/nonsense", 404)


@pytest.mark.django_db
def test_it_is_printed_blank_on_a4(client: Client, cast: Cast) -> None:
    client.force_login(cast.vera)
    assert len(page(client, cast.vera, TEMPLATES).select("main li")) == 9
    response = client.get(f"{NEGLECT}.pdf")
    found = PdfReader(io.BytesIO(response.content))
    box = found.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)
    text = " ".join(" ".join(one.extract_text() for one in found.pages).split())
    for one in first_versions()["neglect-several"].questions:
        assert one.title in text
    assert "Needs to improve" in text
    assert "does anything need doing today" in text


@pytest.mark.django_db
def test_another_partnership_sees_no_version(cast: Cast) -> None:
    changed(cast)
    with viewing_as(cast.dev):
        assert not FormVersion.objects.exists()
        assert standing_templates()["neglect-single"].version == "neglect-single.1"
        with pytest.raises(KeyError):
            form_named("neglect-single.2")
