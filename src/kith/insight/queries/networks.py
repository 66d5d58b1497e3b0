"""Links around somebody, as far as whoever looks may see them: read under row security, at each look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from kith.foundations.access.models import Agency, Viewer
from kith.foundations.design_system.words import local_day
from kith.insight.models import Network, Snapshot
from kith.insight.queries.networks_steps import Row, cut_short, named, two_steps
from kith.insight.rules.networks import NOT_SEEN, NOT_SEEN_KINDS, Link, Piece
from kith.linkage.settling.feed_words import feed_words
from kith.subjects.models import Subject
from kith.subjects.rules import LINK_KINDS, PLACE_KINDS, SubjectKind

SAME_BOTH_WAYS = frozenset(key for key, kind in LINK_KINDS.items() if kind.outward == kind.inward)


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
    born: date | None = None  # of a cut: the first of the month


@dataclass(frozen=True)
class Around:
    """The links within two steps of whom it begins from, and everybody in them."""

    links: tuple[Link, ...]
    nodes: dict[int, Node]
    told: Counter[str]  # whose evidence, and how many pieces
    cut_short: int = 0  # of how many only the latest evidence was read


def around(seeds: Sequence[int]) -> Around:
    """Two steps from the seeds: their links, and the links of those whom they lead to, where these records are open.

    A home never leads further: who else lives there is not the network of a child.
    """
    rows = two_steps(seeds)
    links = _links(rows)
    nodes = nodes_of({end for link in links for end in link.ends} | set(seeds), _kinds_told(rows))
    told = Counter(piece.told_by.split(":")[0] for link in links for piece in link.pieces)
    return Around(tuple(links), nodes, told, cut_short(rows))


def _links(rows: Sequence[Row]) -> list[Link]:
    """Both sides of a piece of evidence are one piece, read from the lower number to the higher."""
    told = _told_by(rows)
    days = {moment: local_day(moment) for moment in {row.recorded_at for row in rows}}
    pieces: dict[tuple[int, int], dict[tuple[object, ...], Piece]] = {}
    for row in rows:
        ends = (row.subject_id, row.other_id) if row.subject_id < row.other_id else (row.other_id, row.subject_id)
        outward = row.outward == (row.subject_id == ends[0]) or row.kind in SAME_BOTH_WAYS
        source = row.feed or f"written by {row.written_by_id}"
        on = days[row.recorded_at]
        same = (row.kind, outward, row.text, row.grade, source, row.first_seen, row.last_seen, on)
        said = pieces.setdefault(ends, {})
        if same not in said:
            said[same] = Piece(row.kind, outward, row.text, row.grade, source, told[source], on,
                               row.first_seen, row.last_seen, row.expires_on)  # fmt: skip
    return [Link(*ends, tuple(said.values())) for ends, said in sorted(pieces.items())]


def _told_by(rows: Sequence[Row]) -> dict[str, str]:
    """Each source of these rows in words: the feed with its agency's name in front, or who wrote it."""
    writers = {row.written_by_id for row in rows if not row.feed and row.written_by_id}
    names = dict(Viewer.objects.filter(pk__in=writers).values_list("pk", "name")) if writers else {}
    told = {f"written by {pk}": f"written by {name}" for pk, name in names.items()}
    told["written by None"] = "source not recorded"
    feeds = {row.feed for row in rows if row.feed}
    defined = {feed: known for feed, known in feed_words().items() if feed in feeds} if feeds else {}
    whose = {known.agency for known in defined.values() if known.agency}
    agencies = dict(Agency.objects.filter(key__in=whose).values_list("key", "name")) if whose else {}
    for feed in feeds:
        known = defined.get(feed)
        agency = agencies.get(known.agency, "") if known else ""
        title = known.title if known else feed
        told[feed] = f"{agency}: {title}" if agency else title
    return told


def _kinds_told(rows: Iterable[Row]) -> dict[int, str]:
    """What kind somebody is whose record is closed, as far as the link itself says it."""
    told = {}
    for row in rows:
        about = LINK_KINDS[row.kind].about
        if row.outward and about in ("place", "group"):
            told[row.other_id] = about
    return told


def nodes_of(numbers: Iterable[int], kinds: dict[int, str] | None = None) -> dict[int, Node]:
    """Everybody by number, named as far as whoever looks may name them."""
    found = {}
    for one in named(list(dict.fromkeys(numbers))):
        kind = one.kind or (kinds or {}).get(one.number, SubjectKind.PERSON.value)
        found[one.number] = Node(
            number=one.number,
            kind=kind,
            name=one.name or NOT_SEEN_KINDS.get(kind, NOT_SEEN),
            what=PLACE_KINDS.get(one.place or "", ""),
            opens=one.opens,
            seen=bool(one.name),
            adult=None if one.is_child is None else not one.is_child,
            born=one.born,
        )
    return found


def network_of(viewer: Viewer, network_id: int) -> Network | None:
    """A network that this viewer asked for."""
    return Network.objects.filter(pk=network_id, viewer=viewer).select_related("cut").first()


def networks_of(viewer: Viewer) -> QuerySet[Network]:
    """What this viewer has asked for, the latest first."""
    return Network.objects.filter(viewer=viewer, cut=None).prefetch_related("snapshots").order_by("-made_at", "-pk")


def snapshot_of(viewer: Viewer, network_id: int, snapshot_id: int, now: datetime) -> Snapshot | None:
    """A picture this viewer kept, as long as it may be read."""
    kept = Snapshot.objects.filter(pk=snapshot_id, network_id=network_id, viewer=viewer, expires_on__gt=local_day(now))
    return kept.select_related("network__cut").first()


def open_seeds(numbers: Sequence[int]) -> list[int]:
    """Of these, whose records are open to whoever looks, in the order given."""
    held = set(Subject.objects.filter(pk__in=numbers, joined_into=None).values_list("pk", flat=True))
    return [number for number in dict.fromkeys(numbers) if number in held]
