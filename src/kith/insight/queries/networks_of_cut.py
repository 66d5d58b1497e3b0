"""Links around a code of a cut: read from its files, for analysts. Nobody in them has a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from kith.foundations.access.models import Agency, Viewer
from kith.insight.models import Cut, Network
from kith.insight.queries.cuts import cuts, folder_of
from kith.insight.queries.networks import SAME_BOTH_WAYS, Around, Node
from kith.insight.rules.networks import Link, Piece
from kith.insight.rules.networks_in_codes import number_of
from kith.linkage.settling.feed_words import feed_words
from kith.subjects.rules import PLACE_KINDS

if TYPE_CHECKING:
    from kith.insight.engine.network.of_cut import AroundCode

SHOWN_CUTS = 24


def around_code(cut: Cut, code: str, steps: int) -> Around:
    """The links within one or two steps of a code, as this cut has them, whether they still stand or not."""
    from kith.insight.engine.network import of_cut  # noqa: PLC0415 - polars, only where a cut is read

    found = of_cut.around_code(folder_of(cut), code, steps)
    told = _told(found.rows)
    pieces: dict[tuple[int, int], list[Piece]] = {}
    nodes = {number_of(code): _node(code, "person", found)}
    for row in found.rows:
        ends = number_of(row["a"]), number_of(row["b"])
        for end, side in zip(ends, "ab", strict=True):
            nodes[end] = _node(row[side], row[f"{side}_kind"], found)
        low, high = min(ends), max(ends)
        pieces.setdefault((low, high), []).append(_piece(row, ends[0] == low, told, cut))
    links = tuple(Link(*ends, tuple(said)) for ends, said in sorted(pieces.items()))
    return Around(links, nodes, Counter(piece.told_by for link in links for piece in link.pieces))


def _piece(row: Mapping[str, Any], outward: bool, told: Mapping[str, str], cut: Cut) -> Piece:
    source = row["agency"] or row["feed"] or "not recorded"
    return Piece(
        kind=row["kind"],
        outward=outward or row["kind"] in SAME_BOTH_WAYS,
        text="",
        grade=row["grade"],
        source=source,
        told_by=told.get(source, source),
        recorded_on=cut.as_at,
        first_seen=row["first_seen"],
        last_seen=row["last_seen"],
        expires_on=row["expires_on"],
    )


def _node(code: str, kind: str, found: AroundCode) -> Node:
    return Node(
        number=number_of(code),
        kind=kind,
        name=code,
        what=PLACE_KINDS.get(found.place_kinds.get(code, ""), ""),
        opens=False,
        seen=True,
        adult=not found.is_child[code] if code in found.is_child else None,
        born=found.born.get(code),
    )


def agency_names() -> dict[str, str]:
    """What each agency is called, by its key in a cut."""
    return dict(Agency.objects.values_list("key", "name"))


def _told(rows: list[dict[str, Any]]) -> dict[str, str]:
    """Each source in words: the agency's name, or the feed's title."""
    told = dict(Agency.objects.filter(key__in={row["agency"] for row in rows}).values_list("key", "name"))
    feeds = {row["feed"] for row in rows if not row["agency"]}
    return told | {feed: known.title for feed, known in feed_words().items() if feed in feeds}


def knows_code(cut: Cut, code: str) -> bool:
    """Whether any evidence of the cut is about this code."""
    from kith.insight.engine.network import of_cut  # noqa: PLC0415 - polars, only where a cut is read

    return of_cut.knows(folder_of(cut), code)


def cuts_to_compare(cut: Cut) -> list[Cut]:
    """The other cuts whose files are here, the newest first."""
    others = cuts().exclude(pk=cut.pk)[:SHOWN_CUTS]
    return [one for one in others if (folder_of(one) / "links.parquet").exists()]


def networks_in_codes_of(viewer: Viewer) -> QuerySet[Network]:
    """What this analyst asked for, the latest first."""
    asked = Network.objects.filter(viewer=viewer, cut__isnull=False).select_related("cut")
    return asked.prefetch_related("snapshots").order_by("-made_at", "-pk")
