"""What the demonstration's analyst made of its figures: reports and a problem profile.

Written through the ordinary actions, as insight_papers.yaml tells. Running it again writes nothing.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from kith.demo import cast
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.insight.actions.reports import StepSaid, begin_report, mark_of, sign_report, write_section, write_step
from kith.insight.models import Report
from kith.insight.presenters.reports_paper import final_paper
from kith.insight.queries.cuts import latest_cut
from kith.insight.queries.profiles import subjects_of
from kith.insight.queries.reports import Asked
from kith.insight.rules.profiles import Subject, SubjectKind
from kith.insight.rules.reports import Comparator, State, periods, report_kinds

STORY = Path(__file__).parent / "insight_papers.yaml"


def write_reports(*, now: datetime) -> int:
    """The reports and problem profiles of the newest cut; answers how many were begun. None where there are some."""
    uma = _staff("uma")
    with viewing_as(uma):
        if Report.objects.exists() or latest_cut() is None:
            return 0
        return sum(_write_report(told, uma, now) for told in _told()["reports"])


def _told() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(STORY.read_text(encoding="utf-8"))
    return told


def _staff(key: str) -> Viewer:
    email = next(person.email for person in cast.STAFF if person.key == key)
    return Viewer.objects.select_related("agency").get(email=email)


def _write_report(told: dict[str, Any], by: Viewer, now: datetime) -> bool:
    of = _asked(told)
    if of is None:
        return False
    report = begin_report(of=of, by=by, now=now)
    for key, words in told.get("words", {}).items():
        section = of.kind.section(key)
        if section:
            write_section(report=report, section=section, words=words, by=by, now=now)
    for step in told.get("steps", []):
        write_step(report=report, said=_step(step, of.cut.as_at), by=by, now=now)
    if checked := told.get("signed"):
        paper = final_paper(report, by.name, now)
        sign_report(report=report, paper=paper, mark=mark_of(paper), checked=checked, by=by, now=now)
    return True


def _asked(told: dict[str, Any]) -> Asked | None:
    """What the report is of; nothing where the cut does not know the place."""
    cut, kind = latest_cut(), report_kinds()[told["kind"]]
    if cut is None:
        return None
    period = periods(kind, cut.as_at)[0]
    if "place" not in told:
        return Asked(cut, kind, period, Comparator.BEFORE)
    places = subjects_of(cut)[SubjectKind.PLACE]
    code = next((code for code, title in sorted(places.items()) if title.startswith(told["place"])), None)
    if code is None:
        return None
    subject = Subject(SubjectKind.PLACE, code, places[code])
    return Asked(cut, kind, period, Comparator.BEFORE, subject, told["purpose"])


def _step(told: dict[str, Any], as_at: date) -> StepSaid:
    due = as_at + timedelta(days=told["due_in"])
    return StepSaid(told["section"], told["what"], told["owner"], State(told["state"]), due, told.get("progress", ""))
