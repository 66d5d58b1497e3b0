"""Links around somebody, as far as whoever looks may see them: read under row security, at each look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from kith.foundations.access.models import Agency, Viewer
from kith.foundations.access.rules import Tier
from kith.foundations.design_system.words import local_day
from kith.insight.models import Network, Snapshot
from kith.insight.rules.networks import NOT_SEEN, NOT_SEEN_KINDS, Link, Piece
from kith.linkage.settling.feed_words import feed_words
from kith.subjects.models import LinkEvidence, Place, Subject
from kith.subjects.queries import names_seen
from kith.subjects.rules import LINK_KINDS, PLACE_KINDS, SubjectKind

ROWS_AT_MOST = 20_000  # pieces of evidence, the latest first: far more than can be drawn


@dataclass(frozen=True)
class Node:
    """Somebody or somewhere in a network. `opens`: its record is open to whoever looks. `adult`: None is not known."""

    number: int
    kind: str
    name: str
    what: str  # such as "Takeaway or café", or ""
    opens: bool
    seen: bool
    adult: bool | None


@dataclass(frozen=True)
class Around:
    """The links within two steps of whom it begins from, and everybody in them."""

    links: tuple[Link, ...]
    nodes: dict[int, Node]
    told: Counter[str]  # whose evidence, and how many pieces


def around(seeds: Sequence[int]) -> Around:
    """Two steps from the seeds: their links, and the links of those whom they lead to, where these records are open.

    A home never leads further: who else lives there is not the network of a child.
    """
    near = _evidence(Q(subject_id__in=list(seeds)))
    onward = {row.other_id for row in near} - set(seeds)
    homes = Place.objects.filter(kind__in=("home", "childrens-home"), pk__in=onward).values_list("pk", flat=True)
    leads_on = onward - set(homes) - {row.other_id for row in near if row.kind == "lives-at"}
    links = _links([*near, *_evidence(Q(subject_id__in=leads_on))])
    nodes = nodes_of({end for link in links for end in link.ends} | set(seeds), _kinds_told(near))
    told = Counter(piece.told_by.split(":")[0] for link in links for piece in link.pieces)
    return Around(tuple(links), nodes, told)


def _evidence(which: Q) -> list[LinkEvidence]:
    rows = LinkEvidence.objects.filter(which, ended_at=None).select_related("written_by")
    return list(rows.order_by("-recorded_at", "-pk")[:ROWS_AT_MOST])


def _links(rows: Iterable[LinkEvidence]) -> list[Link]:
    """Both sides of a piece of evidence are one piece, read from the lower number to the higher."""
    sources = source_names()
    pieces: dict[tuple[int, int], dict[tuple[object, ...], Piece]] = {}
    for row in sorted(rows, key=lambda row: (row.recorded_at, row.pk)):
        first, second = sorted((row.subject_id, row.other_id))
        kind = LINK_KINDS[row.kind]
        outward = row.outward == (row.subject_id == first) or kind.outward == kind.inward
        piece = _piece(row, outward, sources)
        same = (piece.kind, piece.outward, piece.text, piece.grade, piece.source, piece.as_of)
        pieces.setdefault((first, second), {}).setdefault(same, piece)
    return [Link(first, second, tuple(said.values())) for (first, second), said in sorted(pieces.items())]


def _piece(row: LinkEvidence, outward: bool, sources: dict[str, str]) -> Piece:
    by = f"written by {row.written_by.name}" if row.written_by else "source not recorded"
    return Piece(
        kind=row.kind,
        outward=outward,
        text=row.text,
        grade=row.grade,
        source=row.feed or f"written by {row.written_by_id}",
        told_by=sources.get(row.feed, row.feed) if row.feed else by,
        recorded_on=local_day(row.recorded_at),
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        expires_on=row.expires_on,
    )


def source_names() -> dict[str, str]:
    """What each feed is called with its agency's name in front. One query."""
    names = dict(Agency.objects.values_list("key", "name"))
    return {
        key: f"{names[feed.agency]}: {feed.title}" if feed.agency in names else feed.title
        for key, feed in feed_words().items()
    }


def _kinds_told(rows: Iterable[LinkEvidence]) -> dict[int, str]:
    """What kind somebody is whose record is closed, as far as the link itself says it."""
    told = {}
    for row in rows:
        about = LINK_KINDS[row.kind].about
        if row.outward and about in ("place", "group"):
            told[row.other_id] = about
    return told


def nodes_of(numbers: Iterable[int], kinds: dict[int, str] | None = None) -> dict[int, Node]:
    """Everybody by number, named as far as whoever looks may name them."""
    wanted = list(numbers)
    seen = names_seen(wanted)
    open_ones = {s.pk: s for s in Subject.objects.filter(pk__in=wanted).select_related("person", "place")}
    found = {}
    for number in wanted:
        subject, name = open_ones.get(number), seen.get(number)
        kind = name.kind if name else (kinds or {}).get(number, SubjectKind.PERSON.value)
        found[number] = Node(
            number=number,
            kind=kind,
            name=name.name if name else NOT_SEEN_KINDS.get(kind, NOT_SEEN),
            what=_what(subject),
            opens=name is not None and name.tier == Tier.FULL,
            seen=name is not None,
            adult=_adult(subject),
        )
    return found


def _what(subject: Subject | None) -> str:
    place = getattr(subject, "place", None)
    return PLACE_KINDS.get(place.kind, "") if place else ""


def _adult(subject: Subject | None) -> bool | None:
    person = getattr(subject, "person", None)
    return not person.is_child if person else None


def network_of(viewer: Viewer, network_id: int) -> Network | None:
    """A network that this viewer asked for."""
    return Network.objects.filter(pk=network_id, viewer=viewer).first()


def networks_of(viewer: Viewer) -> QuerySet[Network]:
    """What this viewer has asked for, the latest first."""
    return Network.objects.filter(viewer=viewer).prefetch_related("snapshots").order_by("-made_at", "-pk")


def snapshot_of(viewer: Viewer, network_id: int, snapshot_id: int, now: datetime) -> Snapshot | None:
    """A picture this viewer kept, as long as it may be read."""
    kept = Snapshot.objects.filter(pk=snapshot_id, network_id=network_id, viewer=viewer, expires_on__gt=local_day(now))
    return kept.select_related("network").first()


def open_seeds(numbers: Sequence[int]) -> list[int]:
    """Of these, whose records are open to whoever looks, in the order given."""
    held = set(Subject.objects.filter(pk__in=numbers, joined_into=None).values_list("pk", flat=True))
    return [number for number in dict.fromkeys(numbers) if number in held]
