"""Networks of named people: purpose first, then the picture with its table, and each link's evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.sign_in import signed_in_lately
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, keeps_drafts, put_back
from kith.front_door.rules import codes
from kith.insight.actions.networks import begin_network, note_looked
from kith.insight.forms.networks import NetworkForm
from kith.insight.network_permissions import MOST_SEEDS, check_draw
from kith.insight.presenters import networks as present
from kith.insight.queries import networks as ask
from kith.insight.queries import networks_of_cut as in_codes
from kith.insight.rules import networks as rules
from kith.insight.rules.networks_codes import tidied
from kith.insight.rules.networks_in_codes import NO_WORDS, WRITTEN_LATE, code_of
from kith.insight.views.networks_looking import Looked, day_asked, look, months_before
from kith.subjects.permissions import can_write
from kith.subjects.queries import chosen, found_by_words, suggested

if TYPE_CHECKING:
    from datetime import date

    from kith.foundations.access.models import Viewer
    from kith.insight.models import Cut

A_PAGE = 100


@require_safe
@login_required
def networks(request: HttpRequest) -> HttpResponse:
    """What somebody has asked for, and the pictures they kept."""
    viewer = viewer_of(request)
    check_draw(viewer)
    page = Paginator(ask.networks_of(viewer), 20).get_page(request.GET.get("page"))
    names = ask.nodes_of({seed for one in page for seed in one.seeds})
    today = timezone.localdate()
    shown = [(one, [names[n].name for n in one.seeds], one.ends_on > today) for one in page]
    return render(
        request, "insight/networks.jinja", {"shown": shown, "page": page, "today": today, "suggests": can_write(viewer)}
    )


def _may_draw(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whether somebody may is said before they are asked to show that it is they."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        check_draw(viewer_of(request))
        return view(request)

    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@_may_draw
@signed_in_lately
@keeps_drafts("What a network is for")
def new(request: HttpRequest) -> HttpResponse:
    """Why, on what lawful basis, for whom, and from whom it begins. Only records that are open may be chosen."""
    viewer, now = viewer_of(request), timezone.now()
    typed = put_back(request) or (request.POST if request.method == "POST" else request.GET)
    seeds = _seeds(typed)
    form = fill(request, NetworkForm, today=timezone.localdate())
    if "draw" not in request.POST:
        form.errors.clear()
        return _ask_page(request, viewer, form, seeds)
    if not seeds:
        form.add_error("find", "Choose whom or what it begins from")
    if form.is_valid():
        try:
            network = begin_network(wanted=form.wanted(seeds), by=viewer, now=now)
        except NotAllowed as refused:
            form.add_error("mode", str(refused))
        else:
            return redirect("network", network.pk)
    return _ask_page(request, viewer, form, seeds)


def _seeds(typed: Any) -> list[int]:
    """Those chosen before, with one more or one less; only what is open to whoever looks."""
    numbers = [int(one) for one in typed.getlist("seed") if one.isdecimal() and len(one) < 19]
    numbers += [int(one) for one in typed.getlist("choose") if one.isdecimal() and len(one) < 19]
    gone = typed.get("drop", "")
    return [n for n in ask.open_seeds(numbers) if str(n) != gone][:MOST_SEEDS]


def _ask_page(request: HttpRequest, viewer: Viewer, form: NetworkForm, seeds: list[int]) -> HttpResponse:
    looked_for = request.POST.get("find", "").strip() if "look" in request.POST else ""
    found = found_by_words(looked_for, seeds, timezone.localdate())
    if looked_for:
        about = [one.subject_id for one in found]
        what = f"Looked for “{looked_for[:100]}” to begin a network from"
        record(viewer=viewer, action="search", what=what, subjects=about, now=timezone.now())
    shown = {
        "form": form,
        "seeds": chosen(seeds),
        "found": found,
        "looked_for": looked_for,
        "suggested": [] if looked_for else suggested(viewer, seeds, timezone.now()),
    }
    return render(request, "insight/networks_new.jinja", shown)


@require_safe
@login_required
def network(request: HttpRequest, network_id: int) -> HttpResponse:
    """The picture, what is likely missing, what connects these children, and the table."""
    viewer, now = viewer_of(request), timezone.now()
    looked = look(viewer, network_id, now, request.GET)
    found = _by_code(looked, request.GET.get("find", ""))
    if found is not None:
        return redirect(reverse("network-link", args=[network_id, *found]) + looked.as_asked)
    single = request.GET.get("single") == "hide"
    drawn = [one for one in looked.drawn if not (single and one.single_source)]
    said = _said_of_the_day(request, looked, drawn)
    if request.headers.get("HX-Request") and request.GET.get("part") == "day":
        return render(request, "insight/_networks_day.jinja", said)
    note_looked(network=looked.network, about=looked.numbers, what="Looked at a network", by=viewer, now=now)
    ever = _ever(looked, single)
    places = _places(looked.around.nodes, ever, looked.seeds)
    shown = {
        "shown": present.show(looked.around, drawn, places, looked.seeds, ever, looked.codes),
        "earliest": present.earliest(ever, looked.day),
        "seed_names": [looked.around.nodes[n].name for n in looked.seeds],
        "bases": [codes()["bases"].title(key) for key in looked.network.bases],
        "together": looked.mode is rules.Mode.TOGETHER,
        "page_keys": [("l", "Find a link: type its code and its evidence opens")],
        **said,
    }
    return render(request, "insight/networks_one.jinja", shown)


def _said_of_the_day(request: HttpRequest, looked: Looked, drawn: Sequence[rules.Drawn]) -> dict[str, Any]:
    """What the page says in words: the parts that are fetched anew when the slider has moved."""
    nodes, children = looked.around.nodes, _children(looked)
    return {
        "missing": looked.missing,
        "connects": present.connections(rules.connecting(drawn, children), nodes, looked.day),
        "children": [nodes[n] for n in children],
        **_table(request, looked, drawn),
    }


def _table(request: HttpRequest, looked: Looked, drawn: Sequence[rules.Drawn]) -> dict[str, Any]:
    nodes = looked.around.nodes
    find = request.GET.get("find", "").strip()[:60]
    listed = [one for one in drawn if any(find.lower() in nodes[end].name.lower() for end in one.link.ends)]
    page = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
    rows = [present.row(one, nodes, looked.codes) for one in page]
    single = request.GET.get("single") == "hide"
    return {"network": looked.network, "rows": rows, "page": page, "day": looked.day, "single": single,
            "find": find, "many": len(drawn), "today": looked.last, "on": looked.as_asked}  # fmt: skip


def _by_code(looked: Looked, typed: str) -> tuple[int, int] | None:
    """The two ends of the link whose code was typed."""
    code = tidied(typed)
    return next((ends for ends, known in looked.codes.items() if known == code), None)


def _ever(looked: Looked, single: bool) -> list[rules.Link]:
    """What the slider may show: what stands on the day first, then what stood before, as far as it can be read."""
    on_the_day = {one.link.ends: one for one in looked.drawn}
    first = [one.link for one in looked.drawn if not (single and one.single_source)]
    nodes = {end for link in first for end in link.ends} | set(looked.seeds)
    for link in looked.links:
        wider = nodes | set(link.ends)
        if link.ends not in on_the_day and len(first) < rules.MOST_LINKS and len(wider) <= rules.MOST_NODES:
            first.append(link)
            nodes = wider
    return first


def _places(
    nodes: dict[int, ask.Node], links: Sequence[rules.Link], seeds: Sequence[int]
) -> dict[int, tuple[float, float]]:
    from kith.insight.engine.network.layout import lay_out  # noqa: PLC0415 - numpy, and only where a picture is drawn

    numbers = list(dict.fromkeys([*seeds, *(end for link in links for end in link.ends)]))
    at = {number: place for place, number in enumerate(numbers)}
    spots = lay_out([nodes[n].kind for n in numbers], [(at[link.first], at[link.second]) for link in links])
    return dict(zip(numbers, spots, strict=True))


def _children(looked: Looked) -> list[int]:
    """Those asked about: the people it begins from; with fewer than two, every child whose record is open."""
    if looked.mode is rules.Mode.TOGETHER:
        return []
    nodes = looked.around.nodes
    asked = [n for n in looked.seeds if nodes[n].kind == "person"]
    return asked if len(asked) > 1 else [n for n in looked.numbers if nodes[n].adult is False]


@require_safe
@login_required
def link(request: HttpRequest, network_id: int, one_id: int, other_id: int) -> HttpResponse:
    """Every piece of evidence of one link: its sentence, who says so, how firm, when, and until when it counts."""
    viewer, now = viewer_of(request), timezone.now()
    looked = look(viewer, network_id, now, request.GET)
    ends = tuple(sorted((one_id, other_id)))
    found = next((one for one in looked.links if one.ends == ends), None)
    if found is None:
        raise Http404
    drawn = next((one for one in rules.drawn_on([found], looked.day)), None)
    note_looked(network=looked.network, about=ends, what="Read the evidence of a link", by=viewer, now=now)
    nodes = looked.around.nodes
    shown = {
        "network": looked.network,
        "first": nodes[found.first],
        "second": nodes[found.second],
        "day": looked.day,
        "on": looked.as_asked,
        "said": present.evidence(found, drawn, looked.mode, looked.day),
        "strength": drawn.strength.value if drawn else "It did not stand on this day",
        "together": looked.mode is rules.Mode.TOGETHER,
        "code": looked.codes[found.ends],
        "no_words": NO_WORDS if looked.network.cut else "",
    }
    part = request.headers.get("HX-Request")
    return render(request, "insight/_networks_link.jinja" if part else "insight/networks_link.jinja", shown)


@require_safe
@login_required
def compare(request: HttpRequest, network_id: int) -> HttpResponse:
    """What appeared, is gone and has faded between two days."""
    viewer, now = viewer_of(request), timezone.now()
    looked = look(viewer, network_id, now, request.GET)
    cut, others = looked.network.cut, in_codes.cuts_to_compare(looked.network.cut) if looked.network.cut else []
    other = next((one for one in others if one.name == request.GET.get("with")), None)
    if other is not None:
        looked, before, earlier = _of_two_cuts(looked, other)
    else:
        before = day_asked(request.GET.get("before", ""), default=months_before(looked.day, 3), latest=looked.day)
        earlier = looked.on(before)
    change = rules.compare(earlier, looked.drawn)
    note_looked(network=looked.network, about=looked.numbers, what="Compared two days of a network", by=viewer, now=now)
    nodes = looked.around.nodes
    parts = [
        (title, [present.row(one, nodes) for one in found])
        for title, found in (("Appeared", change.appeared), ("Gone", change.gone), ("Fading", change.faded))
    ]
    shown = {"network": looked.network, "parts": parts, "same": change.same, "before": before, "day": looked.day,
             "today": looked.last, "cut": cut, "others": others, "other": other, "late": WRITTEN_LATE,
             "on": looked.as_asked}  # fmt: skip
    return render(request, "insight/networks_compare.jinja", shown)


def _of_two_cuts(looked: Looked, other: Cut) -> tuple[Looked, date, list[rules.Drawn]]:
    """The later cut's network with everybody of both, the earlier's last day, and what stood on it."""
    network = looked.network
    theirs = in_codes.around_code(other, code_of(network.seeds[0]), network.steps)
    known = rules.known_by(theirs.links, other.as_at, rules.Window())
    nodes = {**looked.around.nodes, **theirs.nodes}
    ours = looked.on(looked.last)
    drawn = rules.within_reach(rules.drawn_on(known, other.as_at), looked.seeds, network.steps)
    both = [(looked.last, looked.links, ours), (other.as_at, known, drawn)]
    (before, _, earlier), (day, links, later) = sorted(both, key=lambda one: one[0])
    around = replace(looked.around, nodes=nodes)
    return replace(looked, around=around, links=links, drawn=later, day=day), before, earlier
