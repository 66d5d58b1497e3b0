"""The first page of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

from kith.chronology.presenters import LineShown, Reader, show_lines
from kith.chronology.queries import Filters, Line, beside, latest_lines
from kith.contexts.actions.changing import PATHWAY
from kith.contexts.queries.weighings import changes_at
from kith.desk.presenters.context_path import PathShown, show_path
from kith.desk.presenters.facts import show_facts
from kith.desk.presenters.freshness import show_freshness
from kith.desk.presenters.overview import OWN_WORDS, Overview, said_of
from kith.desk.queries import feed_titles, source_names, stated_about
from kith.desk.views.record_page import RecordPage, draw, record_page
from kith.insight.permissions import can_see_figures
from kith.insight.presenters.places_week import PlaceWeek, week_of_subject
from kith.insight.queries.shared_places import standing
from kith.linkage.queries.feeds import feed_freshness
from kith.linkage.rules.facts import facts_of
from kith.pathways.presenters import show_line
from kith.pathways.presenters import show_lines as show_work_lines
from kith.pathways.queries import work_on
from kith.subjects.assessing.presenters import show_standing
from kith.subjects.assessing.queries import latest_of
from kith.subjects.assessing.rules import kinds
from kith.subjects.presenters.involved import show_involved
from kith.subjects.presenters.links import LinkReader, show_household, show_sections
from kith.subjects.queries import last_heard_by_agency, links_of, others_seen, people_in_circle

if TYPE_CHECKING:
    from kith.pathways.models import Work


@record_page("Overview")
def overview(request: HttpRequest, page: RecordPage) -> HttpResponse:
    """What happened lately, what is strong, what agencies say, who helps, how they are linked."""
    return draw(request, "overview", page, shown=_overview(page))


def _overview(page: RecordPage) -> Overview:
    subject_id = page.subject.pk
    evidence, stated = links_of(subject_id), stated_about([subject_id])[subject_id]
    links = LinkReader(page.bar.kind, page.viewer.pk, page.today, source_names(), others_seen(evidence))
    heard, circle = last_heard_by_agency(subject_id), people_in_circle(page.subject.scope_id, page.now)
    significant, own_words, latest = _lines(page)
    under_way = list(work_on(subject_id))
    return Overview(
        said=said_of(page.subject),
        latest=latest,
        significant=significant,
        own_words=own_words,
        household=show_household(evidence, links),
        links=show_sections(evidence, links),
        facts=show_facts(facts_of(stated)),
        work=show_work_lines(under_way, page.now),
        involved=show_involved(page.involvements, heard, page.today, circle),
        fresh=show_freshness(feed_freshness(page.now)),
        week=_week(page),
        shared=_shared(page),
        path=_path(page, under_way),
    )


def _path(page: RecordPage, under_way: list[Work]) -> PathShown | None:
    """Where a group or a place stands on its path, and what is next."""
    if page.bar.kind not in kinds():
        return None
    about = page.subject.pk
    work = next((one for one in under_way if one.pathway == PATHWAY and one.ended_at is None), None)
    return show_path(
        (page.bar.kind, about),
        show_line(work, page.now) if work else None,
        show_standing(latest_of(about), page.today),
        changes_at(about),
        page.today,
    )


def _shared(page: RecordPage) -> tuple[str, ...]:
    """Why a rule says that a building is shared."""
    said = standing(page.subject.pk) if page.bar.kind == "place" else None
    return tuple(said.reasons.values()) if said else ()


def _week(page: RecordPage) -> PlaceWeek | None:
    """When in the week it happens at a public place, for whoever sees figures."""
    if page.bar.kind != "place" or not can_see_figures(page.viewer):
        return None
    return week_of_subject(page.subject.pk)


def _lines(page: RecordPage) -> tuple[tuple[LineShown, ...], ...]:
    """The latest significant lines, own words and latest lines, with what stands beside them asked once for all."""
    asked = (Filters(significant=True), Filters(kinds=OWN_WORDS), Filters())
    found: list[list[Line]] = [
        latest_lines(page.subject.pk, filters, limit=limit) for filters, limit in zip(asked, (6, 3, 6), strict=True)
    ]
    entries = {line.entry.pk for lines in found for line in lines}
    by_entry = beside(sorted(entries), page.subject.pk)
    reader = Reader(page.viewer.pk, feed_titles())
    return tuple(show_lines(lines, by_entry, reader) for lines in found)
