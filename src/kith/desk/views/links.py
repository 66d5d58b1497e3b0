"""How a record is linked to others, with the evidence."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kith.desk.queries import source_names
from kith.desk.views.record_page import RecordPage, draw, record_page
from kith.subjects.presenters.links import LinkReader, show_household, show_sections
from kith.subjects.queries import links_of, others_seen


@record_page("Links")
def links(request: HttpRequest, page: RecordPage) -> HttpResponse:
    """Family and household as a list, then every link with each piece of its evidence."""
    evidence = links_of(page.subject.pk)
    reader = LinkReader(page.bar.kind, page.viewer.pk, page.today, source_names(), others_seen(evidence))
    shown = {"household": show_household(evidence, reader), "sections": show_sections(evidence, reader)}
    return draw(request, "links", page, **shown)
