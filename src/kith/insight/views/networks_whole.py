"""The network of a cut, for analysts: codes and not names, described as groups, with what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kith.foundations.access.sign_in import signed_in_lately
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.insight.engine.network.writing import Written, gexf, graphml
from kith.insight.forms.networks import WholeForm
from kith.insight.permissions import check_analyse
from kith.insight.queries.cuts import folder_of, latest_cut

if TYPE_CHECKING:
    from kith.insight.engine.network.of_cut import OfCut

SHOWN = 40  # communities
WRITERS = {"graphml": graphml, "gexf": gexf}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def whole(request: HttpRequest) -> HttpResponse:
    """Purpose and lawful basis first; then the communities as groups, or a file of codes."""
    check_analyse(viewer_of(request))
    answer: HttpResponse = _whole(request)
    return answer


@signed_in_lately
def _whole(request: HttpRequest) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    cut = latest_cut()
    form = WholeForm(request.POST or None)
    if cut is None or not form.is_valid():
        return render(request, "insight/networks_whole.jinja", {"form": form, "cut": cut, "of": None})
    from kith.insight.engine.network.of_cut import network_of  # noqa: PLC0415 - polars and NetworKit, only here

    found = network_of(folder_of(cut), cut.as_at)
    taken = WRITERS.get(request.POST.get("take", ""))
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
        name = f"network-{cut.name}.{request.POST['take']}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(taken(_written(found, cut.name)), content_type="application/xml", headers=headers)
    shown = {
        "form": form,
        "cut": cut,
        "of": found.described,
        "communities": [(one, found.kinds[one.number]) for one in found.described.communities[:SHOWN]],
        "more": max(0, len(found.described.communities) - SHOWN),
        "rows": found.links.rows,
        "ties": len(found.links.ties),
    }
    return render(request, "insight/networks_whole.jinja", shown)


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
