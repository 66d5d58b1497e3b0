"""`kith report` of problem profiles: by name or key, for a purpose, with the pages' numbers; errors say what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.insight.models import Cut
from kith.insight.presenters.reports_paper import paper_of
from kith.insight.queries.profiles import subjects_of
from kith.insight.queries.reports import Asked, Written
from kith.insight.report_command import report
from kith.insight.rules.profiles import Subject, SubjectKind, themes
from kith.insight.rules.reports import Comparator, periods, report_kinds
from tests.support.cast import Cast
from tests.support.small_cut import keep_cut

pytestmark = pytest.mark.django_db
WHY = "To decide with the café what to do about afternoons"
KIND = report_kinds()["problem-profile"]


@pytest.fixture
def cut(cast: Cast, settings: Any, tmp_path: Path) -> Cut:
    settings.CUTS = tmp_path / "cuts"
    return keep_cut(cast.uma)


def run(*given: str) -> Result:
    return CliRunner().invoke(report, list(given))


def of_place(cast: Cast, cut: Cut) -> tuple[str, str]:
    with viewing_as(cast.uma):
        return next(iter(subjects_of(cut)[SubjectKind.PLACE].items()))


def test_a_profile_of_a_place_in_every_format_with_the_numbers_of_the_pages(
    cast: Cast, cut: Cut, tmp_path: Path
) -> None:
    key, title = of_place(cast, cut)
    folders = [tmp_path / one for one in ("by-name", "by-key")]
    for folder, called in zip(folders, (title.upper(), key), strict=True):
        given = ["--of", f"place:{called}", "--for", WHY, "--cut", cut.name, "--out", str(folder)]
        done = run("problem-profile", *given)
        assert done.exit_code == 0, done.output
    first, again = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert first == again
    assert sorted(name.rpartition(".")[2] for name in first) == ["docx", "html", "pdf", "xlsx", "zip"]
    assert all(name.startswith("problem-profile-") for name in first)
    with viewing_as(cast.uma):
        window = periods(KIND, cut.as_at)[0]
        asked = Asked(cut, KIND, window, Comparator.YEAR_BEFORE, Subject(SubjectKind.PLACE, key, title), WHY)
        paper = paper_of(asked, Written(), made_by="", draft=False)
    assert f"checksum of the numbers {paper.checksum()}" in done.output
    kept = AuditEvent.objects.filter(action="export-report").latest("pk")
    assert kept.because == WHY
    assert title in kept.what


def test_a_profile_of_a_theme_and_of_a_locality(cast: Cast, cut: Cut, tmp_path: Path) -> None:
    with viewing_as(cast.uma):
        locality = next(iter(subjects_of(cut)[SubjectKind.LOCALITY]))
    for of in (f"theme:{next(iter(themes()))}", f"locality:{locality}"):
        done = run("problem-profile", "--of", of, "--for", WHY, "--before", "--out", str(tmp_path / of[:5]))
        assert done.exit_code == 0, done.output
        assert len(list((tmp_path / of[:5]).iterdir())) == 5


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["problem-profile", "--for", WHY], "Say what the profile is of: --of KIND:WHICH"),
        (["problem-profile", "--of", "child:Amara", "--for", WHY], "Say what the profile is of"),
        (["problem-profile", "--of", "theme:", "--for", WHY], "Say what the profile is of"),
        (["problem-profile", "--of", "theme:dragons", "--for", WHY], "This cut knows no theme dragons. It knows: "),
        (["problem-profile", "--of", "place:Atlantis", "--for", WHY], "This cut knows no place Atlantis. It knows: "),
        (["problem-profile", "--of", f"theme:{next(iter(themes()))}"], "Say in a few words what the profile is for"),
        (["problem-profile", "--of", f"theme:{next(iter(themes()))}", "--for", "because"], "what the profile is for"),
        (["problem-profile", "--of", f"theme:{next(iter(themes()))}", "--for", WHY, "--period", "week"], "is one of: "),
        (["annual", "--of", "theme:online"], "--of and --for belong to a problem profile"),
        (["none"], "problem-profile"),
        (["problem-profile", "--cut", "1999"], "There is no cut 1999."),
    ],
)
def test_an_error_says_what_to_do(cast: Cast, cut: Cut, given: list[str], said: str, tmp_path: Path) -> None:
    done = run(*given, "--out", str(tmp_path / "none"))
    assert done.exit_code == 1
    assert said in done.output
    assert not (tmp_path / "none").exists()


def test_two_places_of_one_name_are_told_apart_by_their_keys(
    cast: Cast, cut: Cut, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {SubjectKind.PLACE: {"abc": "The Arcade", "xyz": "The arcade"}}
    monkeypatch.setattr("kith.insight.queries.profiles.subjects_of", lambda _: known)
    done = run("problem-profile", "--of", "place:the arcade", "--for", WHY)
    assert "This cut knows 2 called the arcade: The Arcade (abc), The arcade (xyz)." in done.output


def test_without_a_name_every_report_is_listed(cast: Cast) -> None:
    assert all(key in run().output for key in report_kinds())
