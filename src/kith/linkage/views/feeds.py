"""Feeds and their deliveries: what came, how fresh it is, what was rejected."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.foundations.access.sign_in import signed_in_lately
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.linkage.forms import FeedsForm
from kith.linkage.permissions import can_read_rejects, check_can_read_rejects, check_can_see_feeds
from kith.linkage.presenters.feeds import feed_rows, show_delivery, show_feed, show_rejects
from kith.linkage.queries import feeds as queries

BECAUSE = "Looks after feeds"
A_PAGE = 25


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """Every feed: whose, how fresh, how many rows, how many rejected."""
    check_can_see_feeds(viewer_of(request))
    shown = queries.feeds(timezone.now())
    form = FeedsForm(request.GET, agencies=queries.agencies_with_feeds(shown))
    rows = feed_rows(shown, **form.asked())
    nobodys = queries.nobodys_deliveries().count()
    words = {"rows": rows, "feeds_form": form, "asked": form.asked(), "of": len(shown), "nobodys": nobodys}
    return render(request, "linkage/feeds.jinja", words)


@require_safe
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """One feed: its definition in words, and its deliveries."""
    check_can_see_feeds(viewer_of(request))
    if slug == queries.NOBODYS:
        page = Paginator(queries.nobodys_deliveries(), A_PAGE).get_page(request.GET.get("page"))
        return render(request, "linkage/feeds_nobodys.jinja", {"page": page, "rows": [show_delivery(d) for d in page]})
    found = queries.feed_or_none(slug, timezone.now())
    if found is None:
        raise Http404
    page = Paginator(queries.deliveries_of(slug), A_PAGE).get_page(request.GET.get("page"))
    words = {"feed": show_feed(found), "page": page, "rows": [show_delivery(one) for one in page]}
    return render(request, "linkage/feed.jinja", words)


@require_safe
def delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """One delivery's account, its notes, and, for data officers, the rows that were rejected."""
    viewer = viewer_of(request)
    check_can_see_feeds(viewer)
    found = queries.delivery_or_none(delivery_id)
    if found is None:
        raise Http404
    of = queries.feed_or_none(found.feed, timezone.now())
    page = Paginator(queries.rejects_of(found), A_PAGE).get_page(request.GET.get("page"))
    rejects = show_rejects(page)
    if rejects:
        _note(request, "read-rejects", found.pk)
    words = {"delivery": show_delivery(found), "feed": show_feed(of) if of else None, "page": page, "rejects": rejects}
    return render(request, "linkage/delivery.jinja", words | {"may_read": can_read_rejects(viewer)})


@require_safe
def delivery_rejects(request: HttpRequest, delivery_id: int) -> HttpResponseBase:
    """The rejected rows as a file to mend and send again, for who has given their password lately."""
    check_can_read_rejects(viewer_of(request))
    answer: HttpResponseBase = _rejects(request, delivery_id)
    return answer


@signed_in_lately
def _rejects(request: HttpRequest, delivery_id: int) -> HttpResponseBase:
    found = queries.delivery_or_none(delivery_id)
    path = queries.rejects_file(found) if found else None
    if found is None or path is None:
        raise Http404
    _note(request, "download-rejects", found.pk)
    name = f"rejects-{found.feed}-{found.pk}.csv"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")


def _note(request: HttpRequest, action: str, number: int) -> None:
    viewer, now = viewer_of(request), timezone.now()
    record(
        viewer=viewer, action=action, because=BECAUSE, what=f"Delivery {number}", details={"delivery": number}, now=now
    )
