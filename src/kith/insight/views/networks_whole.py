"""The network of a cut, for analysts: codes and not names, described as groups, with what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kith.foundations.access.sign_in import signed_in_lately
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.insight.actions.networks import begin_network_in_codes
from kith.insight.engine.network.writing import Written
from kith.insight.forms.networks import WholeForm
from kith.insight.permissions import check_analyse
from kith.insight.queries import networks_of_cut as in_codes
from kith.insight.queries.cuts import folder_of, latest_cut
from kith.insight.rules.networks_in_codes import BIASED, FEWEST_PEOPLE, LONGEST, in_sentences
from kith.insight.views.networks_kept import TYPES, as_file
from kith.insight.views.waiting import waits_for_the_first_cut

if TYPE_CHECKING:
    from datetime import datetime

    from kith.foundations.access.models import Viewer
    from kith.insight.engine.network.of_cut import OfCut
    from kith.insight.models import Cut

SHOWN = 40  # communities
ASKED = 20  # networks in codes


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@waits_for_the_first_cut
def whole(request: HttpRequest) -> HttpResponse:
    """Purpose and lawful basis first; then the communities as groups, or a file of codes."""
    check_analyse(viewer_of(request))
    answer: HttpResponse = _whole(request)
    return answer


@signed_in_lately
def _whole(request: HttpRequest) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    cut = latest_cut()
    begin = request.POST.get("begin", "")[:LONGEST]
    form = WholeForm(request.POST or None, cut=cut, begin=begin)
    asked = {"form": form, "cut": cut, "asked": in_codes.networks_in_codes_of(viewer)[:ASKED],
             "today": timezone.localdate(now)}  # fmt: skip
    if cut is None or not form.is_valid():
        return render(request, "insight/networks_whole.jinja", {**asked, "of": None})
    if begin or "draw" in request.POST:
        return _draw(cut, form.cleaned_data, viewer, now)
    from kith.insight.engine.network.of_cut import network_of  # noqa: PLC0415 - polars and NetworKit, only here

    found = network_of(folder_of(cut), cut.as_at, in_codes.agency_names())
    take = request.POST.get("take", "")
    taken = take in TYPES
    purpose, bases = form.cleaned_data["purpose"], form.cleaned_data["bases"]
    record(
        viewer=viewer,
        action="export-network" if taken else "see-network",
        what=f"{'Took away' if taken else 'Looked at'} the network of the cut {cut.name}, in codes",
        because=purpose,
        details={"cut": cut.name, "bases": bases},
        now=now,
    )
    if taken:
        headers = {"Content-Disposition": f'attachment; filename="network-{cut.name}.{take}"'}
        return HttpResponse(as_file(take, _written(found, cut.name)), content_type=TYPES[take], headers=headers)
    described = [one for one in found.groups if one.is_described]
    shown = {
        **asked,
        "of": found.described,
        "communities": [(one, in_sentences(one)) for one in described[:SHOWN]],
        "more": max(0, len(described) - SHOWN),
        "small": len(found.groups) - len(described),
        "fewest": FEWEST_PEOPLE,
        "biased": BIASED,
        "rows": found.links.rows,
        "ties": len(found.links.ties),
    }
    return render(request, "insight/networks_whole.jinja", shown)


def _draw(cut: Cut, said: dict[str, Any], viewer: Viewer, now: datetime) -> HttpResponse:
    network = begin_network_in_codes(
        cut=cut,
        code=said["code"],
        steps=said["steps"],
        purpose=said["purpose"],
        bases=said["bases"],
        by=viewer,
        now=now,
    )
    return redirect("network", network.pk)


def _written(found: OfCut, cut: str) -> Written:
    described = found.described
    label = dict(zip(described.keys, described.labels, strict=True))
    sure = {one.number: one.sure for one in described.communities}
    return Written(
        f"Cut {cut}. " + " ".join(described.missing),
        {
            key: {"label": key, "kind": kind, "community": label[key], "community_is": sure.get(label[key], "alone")}
            for key, kind in found.links.nodes.items()
        },
        [
            (
                tie.a,
                tie.b,
                {
                    "kinds": "; ".join(sorted(tie.kinds)),
                    "sources": "; ".join(sorted(tie.sources)),
                    "grades": "; ".join(sorted(tie.grades)),
                    "evidence": tie.evidence,
                    "single_source": tie.single_source,
                    "first_seen": str(tie.first_seen or ""),
                    "last_seen": str(tie.last_seen or ""),
                    "expires_on": str(tie.expires_on or ""),
                    "weight": float(tie.weight),
                },
            )
            for tie in found.links.ties
        ],
    )
