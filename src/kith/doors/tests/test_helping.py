"""Help: made from the pathways, easy to read, written and taken back by an administrator, printed, for anybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from kith.doors import helping
from kith.doors.models import HelpWords
from kith.doors.reading import reading_age
from kith.doors.tests.test_telling import text
from kith.foundations.audit.models import AuditEvent
from kith.front_door.rules import codes
from kith.pathways import rules as paths
from tests.support.cast import Cast

PAGE = "/help/outside-the-home"
TODAY = date(2026, 11, 20)
OLDEST = {"professional": 12, "parent": 9, "young-person": 9}


@pytest.mark.parametrize("voice", OLDEST)
def test_the_words_can_be_read_at_the_age_we_promise(voice: str) -> None:
    words = "\n".join(f"{one.title}.\n{one.text}" for one in helping.own_blocks() if one.voice == voice)
    assert reading_age(words) <= OLDEST[voice]


def test_reading_age_tells_hard_from_easy() -> None:
    hard = (
        "The responsible authorities, having deliberated upon the representations submitted, determined that"
        " consideration of every subsequent application be suspended indefinitely pending comprehensive investigation."
    )
    assert reading_age(hard) > 20
    assert reading_age("The cat sat on the mat. It is a big cat. I like it.") < 6


@pytest.mark.django_db
@pytest.mark.parametrize("voice", helping.VOICES)
def test_anybody_reads_them_and_finds_the_way_to_tell(voice: str) -> None:
    response = Client().get(f"{PAGE}?for={voice}")
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 200
    assert page.select_one("main a[href='/tell']")
    assert page.select_one("a[href='/leave']")
    for block in helping.own_blocks():
        assert (block.title in text(response)) == (block.voice == voice) or block.voice != voice
    assert "{" not in page.select_one("main").text  # type: ignore[union-attr]


@pytest.mark.django_db
def test_every_pathway_level_and_clock_stands_there_with_its_source() -> None:
    shown = text(Client().get(PAGE))
    for path in paths.pathways().values():
        assert path.title in shown
        assert path.owner in shown
        assert path.what in shown
    for rule in paths.clock_rules():
        assert rule.title in shown
        assert rule.source in shown
        assert str(rule.allowed) in shown
    for code in (*codes()["levels"].codes, *codes()["about"].codes):
        assert code.title in shown
    assert shown.count("(not yet verified)") == sum(
        not clock.checked for path in helping.paths_shown(TODAY) for clock in path.clocks
    ) + sum(not clock.checked for clock in helping.first_clocks(TODAY))


@pytest.mark.django_db
def test_a_pathway_that_is_added_shows_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    known = dict(paths.pathways())
    known["street"] = replace(known["context"], key="street", title="Street pathway", owner="Street team")
    monkeypatch.setattr(paths, "pathways", lambda: known)
    shown = text(Client().get(PAGE))
    assert "Street pathway" in shown
    assert "Street team" in shown
    monkeypatch.setattr(paths, "pathways_for", lambda kind: tuple(p for p in known.values() if kind in p.about))
    assert "Context pathway; Street pathway" in text(Client().get(PAGE))


@pytest.mark.django_db
def test_an_administrator_writes_looks_and_takes_back(cast: Cast) -> None:
    client, address = Client(), "/help/edit?block=parent-what"
    client.force_login(cast.idris)
    new = "Some people are not safe.\n\n- ring {front_door}\n- <b>tell us</b>"
    looked = client.post(address, {"text": new, "preview": "yes"})
    assert "ring 01632 960 100" in text(looked)
    assert not HelpWords.objects.exists()
    assert client.post(address, {"text": new}).status_code == 302
    parents = Client().get(f"{PAGE}?for=parent")
    assert "Some people are not safe." in text(parents)
    assert b"<b>tell us" not in parents.content
    assert client.post(address, {"text": "Second words"}).status_code == 302
    first = HelpWords.objects.earliest("pk")
    again = client.get(f"{address}&version={first.pk}")
    assert "Some people are not safe." in text(again)
    assert client.post(address, {"text": first.text}).status_code == 302
    assert "Some people are not safe." in text(Client().get(f"{PAGE}?for=parent"))
    assert client.post(address, {"text": ""}).status_code == 302
    own = next(one for one in helping.own_blocks() if one.key == "parent-what")
    assert own.text.splitlines()[0] in text(Client().get(f"{PAGE}?for=parent"))
    assert HelpWords.objects.count() == 4
    assert AuditEvent.objects.filter(action="write-help", viewer_name=cast.idris.name).count() == 4


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["asha", "farah", "gwen", "ellis"])
def test_nobody_else_writes_help(cast: Cast, who: str) -> None:
    client = Client()
    client.force_login(getattr(cast, who))
    assert client.get("/help/edit").status_code == 403
    assert client.post("/help/edit?block=parent-what", {"text": "x"}).status_code == 403
    assert not HelpWords.objects.exists()


@pytest.mark.django_db
def test_the_partnerships_file_stands_behind_what_was_written(tmp_path: Path, settings: Any, cast: Cast) -> None:
    own = tmp_path / "help.toml"
    own.write_text('parent-what = "Our own words."\n')
    settings.PARTNERSHIP = replace(settings.PARTNERSHIP, help_words=str(own))
    assert "Our own words." in text(Client().get(f"{PAGE}?for=parent"))
    own.write_text('parent-wat = "x"\n')
    with pytest.raises(ValueError, match="no such block: parent-wat"):
        helping.read_words(str(own))
