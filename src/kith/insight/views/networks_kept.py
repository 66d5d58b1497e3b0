"""Networks taken away as files, and pictures kept as they stood with what somebody makes of them."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kith.foundations.access.sign_in import signed_in_lately
from kith.foundations.access.viewing import viewer_of
from kith.foundations.drafts.forms_at import fill, keeps_drafts
from kith.insight.actions.networks import Taken, keep_snapshot, note_looked, note_taken_away
from kith.insight.engine.network.writing import Written, gexf, graphml, links_csv
from kith.insight.forms.networks import KeepForm
from kith.insight.network_permissions import check_look
from kith.insight.presenters import networks as present
from kith.insight.queries import networks as ask
from kith.insight.rules.networks import NOT_SEEN
from kith.insight.views.networks_looking import Looked, look

if TYPE_CHECKING:
    from kith.insight.models import Snapshot

TYPES = {"graphml": "application/xml", "gexf": "application/xml", "csv": "text/csv; charset=utf-8"}


@require_safe
@login_required
def network_file(request: HttpRequest, network_id: int, form: str) -> HttpResponse:
    """The network on a day as GraphML, GEXF or CSV, every link with its sources."""
    viewer = viewer_of(request)
    network = ask.network_of(viewer, network_id)
    if form not in TYPES or network is None:
        raise Http404
    check_look(viewer, network)
    answer: HttpResponse = _file(request, network_id, form)
    return answer


@signed_in_lately
def _file(request: HttpRequest, network_id: int, form: str) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    looked = look(viewer, network_id, now, request.GET)
    what = f"Took a network away as a file: {form}"
    note_taken_away(network=looked.network, about=looked.numbers, what=what, by=viewer, now=now)
    name = f"network-{network_id}-{looked.day}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(as_file(form, _written(looked)), content_type=TYPES[form], headers=headers)


def as_file(form: str, written: Written) -> bytes:
    """The network as one of TYPES."""
    if form == "csv":
        text = io.StringIO()
        links_csv(written, text)
        return ("\ufeff" + text.getvalue()).encode()
    return graphml(written) if form == "graphml" else gexf(written)


def _written(looked: Looked) -> Written:
    nodes = looked.around.nodes
    cut = looked.network.cut
    keys = {number: nodes[number].name if cut else f"{nodes[number].name} ({number})" for number in looked.numbers}
    about = [
        f"As at {looked.day:%-d %B %Y}.",
        *([f"Cut {cut.name}, in codes."] if cut else []),
        f"For: {looked.network.purpose}",
        *looked.missing,
    ]
    return Written(
        " ".join(about),
        {keys[n]: {"label": nodes[n].name, "kind": nodes[n].kind, "begins_here": n in looked.seeds} for n in keys},
        [(keys[one.link.first], keys[one.link.second], _of(one)) for one in looked.drawn],
    )


def _of(one: Any) -> dict[str, str | int | float | bool]:
    return {
        "kinds": "; ".join(one.kinds),
        "sources": "; ".join(dict.fromkeys(piece.told_by for piece in one.pieces)),
        "grades": "; ".join(one.grades),
        "evidence": len(one.pieces),
        "single_source": one.single_source,
        "standing": one.standing.value,
        "first_seen": str(one.first_seen),
        "last_seen": str(one.last_seen),
        "expires_on": str(one.drops_out_on or ""),
        "weight": float(one.weight),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("What is made of a network")
def keep(request: HttpRequest, network_id: int) -> HttpResponse:
    """Keeps the picture as it stands on the day, with what somebody makes of it."""
    viewer, now = viewer_of(request), timezone.now()
    looked = look(viewer, network_id, now, request.GET)
    form = fill(request, KeepForm)
    if request.method != "POST" or not form.is_valid():
        shown = {
            "form": form,
            "network": looked.network,
            "day": looked.day,
            "links": len(looked.drawn),
            "on": looked.as_asked,
        }
        return render(request, "insight/networks_keep.jinja", shown)
    nodes = looked.around.nodes
    taken = Taken(
        as_at=looked.day,
        narrative=form.cleaned_data["narrative"],
        nodes=present.kept_nodes(looked.drawn, nodes, looked.seeds),
        links=present.kept_links(looked.drawn),
        missing=list(looked.missing),
    )
    kept = keep_snapshot(network=looked.network, taken=taken, by=viewer, now=now)
    messages.success(request, "The picture is kept as it stands. It cannot be changed.")
    return redirect("network-snapshot", network_id, kept.pk)


@require_safe
@login_required
def snapshot(request: HttpRequest, network_id: int, snapshot_id: int) -> HttpResponse:
    """A picture as it was kept. Whoever has since been closed to whoever looks is not named any more."""
    viewer, now = viewer_of(request), timezone.now()
    kept = ask.snapshot_of(viewer, network_id, snapshot_id, now)
    if kept is None:
        raise Http404
    check_look(viewer, kept.network)
    if not (kept.network.cut or ask.open_seeds(kept.network.seeds)):
        raise Http404
    about = [node["id"] for node in kept.nodes]
    note_looked(network=kept.network, about=about, what="Looked at a kept picture of a network", by=viewer, now=now)
    return render(request, "insight/networks_snapshot.jinja", {"kept": kept, **_as_kept(kept, now)})


def _as_kept(kept: Snapshot, now: datetime) -> dict[str, Any]:
    coded = kept.network.cut is not None
    still = {} if coded else ask.nodes_of([node["id"] for node in kept.nodes])
    names = {node["id"]: node["name"] if coded or still[node["id"]].seen else NOT_SEEN for node in kept.nodes}
    rows = [
        {**link, "first": names[link["first"]], "second": names[link["second"]],
         "open": coded or still[link["first"]].opens or still[link["second"]].opens,
         "first_seen": date.fromisoformat(link["first_seen"]), "last_seen": date.fromisoformat(link["last_seen"]),
         "evidence": [{**one, "seen": date.fromisoformat(one["seen"])} for one in link["evidence"]]}
        for link in kept.links
    ]  # fmt: skip
    from kith.insight.engine.network.layout import lay_out  # noqa: PLC0415 - numpy, and only where a picture is drawn

    nodes = [{**node, "name": names[node["id"]]} for node in kept.nodes]
    at = {node["id"]: place for place, node in enumerate(nodes)}
    spots = lay_out([node["kind"] for node in nodes], [(at[one["first"]], at[one["second"]]) for one in kept.links])
    shown = present.show_kept(nodes, kept.links, dict(zip(at, spots, strict=True)))
    return {"rows": rows, "shown": shown, "names": names, "people": len(kept.nodes), "today": timezone.localdate(now)}
