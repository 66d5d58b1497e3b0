"""Drafts in the database: asked by SQL, for each who looks; and the old addresses of problem profiles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.insight.actions.reports import StepSaid, begin_report, mark_of, sign_report, write_section, write_step
from kith.insight.models import Cut, Report
from kith.insight.presenters.reports_paper import final_paper
from kith.insight.queries.reports import Asked
from kith.insight.rules.profiles import Subject, SubjectKind
from kith.insight.rules.reports import Comparator, State, periods, report_kinds
from tests.support.cast import NOW, Cast, make_cast
from tests.support.made_figures import make_cut
from tests.support.small_cut import keep_cut

pytestmark = pytest.mark.django_db
WHY = "To decide what to do about the park"
TABLES = ("insight_report", "insight_reportwords", "insight_reportstep")


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Cast:
    settings.CUTS = tmp_path / "cuts"
    return make_cast()


def begun(cast: Cast, cut: Cut, kind: str, subject: Subject | None = None) -> Report:
    chosen = report_kinds()[kind]
    of = Asked(cut, chosen, periods(chosen, cut.as_at)[0], Comparator.BEFORE, subject, WHY if subject else "")
    with viewing_as(cast.uma):
        report = begin_report(of=of, by=cast.uma, now=NOW)
        for section in chosen.sections:
            if section.required:
                write_section(report=report, section=section, words="It is so.", by=cast.uma, now=NOW)
    return report


def plan(cast: Cast, cut: Cut) -> Report:
    report = begun(cast, cut, "delivery-plan")
    with viewing_as(cast.uma):
        said = StepSaid("protect", "A worker for each child", "Council", State.ON_TRACK)
        write_step(report=report, said=said, by=cast.uma, now=NOW)
    return report


def profile(cast: Cast) -> Report:
    with viewing_as(cast.uma):
        cut = keep_cut(cast.uma)
    return begun(cast, cut, "problem-profile", Subject(SubjectKind.PLACE, "place0000000", "Harbour Park"))


def signed(cast: Cast, report: Report) -> None:
    with viewing_as(cast.uma):
        paper = final_paper(report, cast.uma.name, NOW)
        sign_report(
            report=report,
            paper=paper,
            mark=mark_of(paper),
            checked="Read every section against the cut",
            by=cast.uma,
            now=NOW,
        )


def seen_by(who: Viewer) -> tuple[int, ...]:
    """How many rows of each table are there for somebody."""
    with viewing_as(who), connection.cursor() as cursor:
        found = []
        for table in TABLES:
            cursor.execute(f"select count(*) from {table}")  # noqa: S608 - a name of our own
            found.append(cursor.fetchone()[0])
    return tuple(found)


def test_the_database_keeps_a_draft_to_those_who_may_write_it(cast: Cast) -> None:
    with viewing_as(cast.uma):
        cut = make_cut(cast.uma)
    report = plan(cast, cut)
    assert seen_by(cast.uma) == seen_by(cast.hana) == (1, 1, 1)
    for who in (cast.vera, cast.asha, cast.dev, cast.ellis):
        assert seen_by(who) == (0, 0, 0), who.name
    signed(cast, report)
    assert seen_by(cast.vera) == seen_by(cast.asha) == (1, 1, 1)
    assert seen_by(cast.dev) == (0, 0, 0)


def test_a_managers_database_has_no_draft_of_a_problem_profile(cast: Cast) -> None:
    report = profile(cast)
    assert seen_by(cast.uma) == (1, 2, 0)
    assert seen_by(cast.hana) == seen_by(cast.vera) == (0, 0, 0)
    signed(cast, report)
    assert seen_by(cast.hana) == seen_by(cast.vera) == (1, 2, 0)


def test_whoever_only_reads_can_write_nothing_by_sql(cast: Cast) -> None:
    with viewing_as(cast.uma):
        cut = make_cut(cast.uma)
    report = plan(cast, cut)
    signed(cast, report)
    into = {
        "insight_report": "(scope_id, kind, cut_id, period, comparator, subject, called, purpose, made_by_id, made_at) "
        "select scope_id, kind, cut_id, period, comparator, '', '', '', %s, now() from insight_report",
        "insight_reportwords": "(report_id, scope_id, section, words, beside, by_id, at) "
        "select id, scope_id, 'summary', 'x', '{}', %s, now() from insight_report",
    }
    for table, values in into.items():
        refused = pytest.raises(ProgrammingError, match="row-level security")
        with refused, viewing_as(cast.vera), transaction.atomic():
            connection.cursor().execute(f"insert into {table} {values}", [cast.vera.pk])  # noqa: S608 - ours


def test_the_old_address_of_a_profile_leads_to_its_report(cast: Cast, client: Client) -> None:
    report = profile(cast)
    with viewing_as(cast.uma):
        report.pk, report.was_profile = None, 41
        report.save()
    client.force_login(cast.uma)
    assert client.get("/insight/profiles/41/").url == f"/insight/reports/{report.pk}/"
    assert client.get("/insight/profiles/41/sections/summary").url == f"/insight/reports/{report.pk}/sections/summary"
    client.force_login(cast.vera)
    assert client.get("/insight/profiles/41/").status_code == 404
