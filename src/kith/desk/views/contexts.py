"""A child's contexts as they were weighed; of a place or a group, that it was weighed, and what is to change there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kith.contexts.permissions import can_weigh
from kith.contexts.queries.weighings import being_written, children_weighed_at, weighings_of
from kith.contexts.showing import changes_shown, changes_shown_at, shared_shown, weighing_shown
from kith.desk.presenters.contexts import how_many_children, show_versions
from kith.desk.views.record_page import RecordPage, draw, record_page


@record_page("Contexts")
def contexts(request: HttpRequest, page: RecordPage) -> HttpResponse:
    """The latest weighing with its plan, and earlier ones."""
    if page.bar.kind != "person":
        told = how_many_children(children_weighed_at(page.subject.pk))
        return draw(request, "contexts_there", page, told=told, changes=changes_shown_at(page.subject.pk, page.today))
    signed = weighings_of(page.subject.pk)
    latest = weighing_shown(signed[0], page.today) if signed else None
    return draw(
        request,
        "contexts",
        page,
        latest=latest,
        shared=shared_shown(signed[0]) if signed else None,
        changes=changes_shown(page.subject.pk, page.today),
        versions=show_versions(signed),
        unsigned=being_written(page.subject.pk),
        may_weigh=can_weigh(page.viewer, page.subject),
    )
