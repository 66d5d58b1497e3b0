"""Links around somebody, as far as whoever looks may see them: read under row security, at each look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from kith.foundations.access.models import Agency, Viewer
from kith.foundations.design_system.words import local_day
from kith.insight.models import Network, Snapshot
from kith.insight.rules.networks import NOT_SEEN, NOT_SEEN_KINDS, Link, Piece
from kith.linkage.settling.feed_words import feed_words
from kith.subjects.models import Headline, LinkEvidence, Place, Subject
from kith.subjects.rules import LINK_KINDS, PLACE_KINDS, SubjectKind

ROWS_AT_MOST = 20_000  # pieces of evidence, the latest first: far more than can be drawn
COLUMNS = (
    "pk", "subject_id", "other_id", "kind", "outward", "text", "grade", "feed", "written_by_id", "recorded_at",
    "first_seen", "last_seen", "expires_on",
)  # fmt: skip


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


Row = Any  # a row of LinkEvidence, with only COLUMNS: two steps are read in a few thousandths of a second


def _evidence(which: Q) -> list[Row]:
    rows = LinkEvidence.objects.filter(which, ended_at=None).order_by("-recorded_at", "-pk")
    return list(rows.values_list(*COLUMNS, named=True)[:ROWS_AT_MOST])


def _links(rows: Sequence[Row]) -> list[Link]:
    """Both sides of a piece of evidence are one piece, read from the lower number to the higher."""
    told = _told_by(rows)
    pieces: dict[tuple[int, int], dict[tuple[object, ...], Piece]] = {}
    for row in sorted(rows, key=lambda row: (row.recorded_at, row.pk)):
        ends = (min(row.subject_id, row.other_id), max(row.subject_id, row.other_id))
        kind = LINK_KINDS[row.kind]
        outward = row.outward == (row.subject_id == ends[0]) or kind.outward == kind.inward
        source = row.feed or f"written by {row.written_by_id}"
        same = (row.kind, outward, row.text, row.grade, source, row.first_seen, row.last_seen, row.recorded_at.date())
        said = pieces.setdefault(ends, {})
        if same not in said:
            said[same] = _piece(row, outward, source, told[source])
    return [Link(first, second, tuple(said.values())) for (first, second), said in sorted(pieces.items())]


def _piece(row: Row, outward: bool, source: str, told_by: str) -> Piece:
    return Piece(
        kind=row.kind,
        outward=outward,
        text=row.text,
        grade=row.grade,
        source=source,
        told_by=told_by,
        recorded_on=local_day(row.recorded_at),
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        expires_on=row.expires_on,
    )


def _told_by(rows: Sequence[Row]) -> dict[str, str]:
    """Each source of these rows in words: the feed with its agency's name in front, or who wrote it."""
    writers = {row.written_by_id for row in rows if not row.feed and row.written_by_id}
    names = dict(Viewer.objects.filter(pk__in=writers).values_list("pk", "name")) if writers else {}
    told = {f"written by {pk}": f"written by {name}" for pk, name in names.items()}
    told["written by None"] = "source not recorded"
    feeds = {row.feed for row in rows if row.feed}
    agencies = dict(Agency.objects.values_list("key", "name")) if feeds else {}
    defined = feed_words() if feeds else {}
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
    wanted = list(numbers)
    columns = ("pk", "kind", "name", "person__is_child", "place__kind")
    opened = {row[0]: row for row in Subject.objects.filter(pk__in=wanted).values_list(*columns)}
    rest = [number for number in wanted if number not in opened]
    known = {row[0]: row for row in Headline.objects.filter(pk__in=rest).values_list("pk", "kind", "name")}
    found = {}
    for number in wanted:
        _, kind, name, is_child, place = opened.get(number) or (*known.get(number, (0, "", "")), None, None)
        kind = kind or (kinds or {}).get(number, SubjectKind.PERSON.value)
        found[number] = Node(
            number=number,
            kind=kind,
            name=name or NOT_SEEN_KINDS.get(kind, NOT_SEEN),
            what=PLACE_KINDS.get(place or "", ""),
            opens=number in opened,
            seen=bool(name),
            adult=None if is_child is None else not is_child,
        )
    return found


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
