"""Asking for a network, looking at it, keeping a picture of it, taking it away: each with its line in the audit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.audit.actions import record
from kith.foundations.design_system.words import local_day
from kith.insight.models import Cut, Network, Snapshot
from kith.insight.network_permissions import ONE_PERSON, check_begin, check_begin_in_codes, check_look
from kith.insight.rules.networks import OPEN_FOR, SNAPSHOT_FOR, Mode
from kith.insight.rules.networks_in_codes import code_of, number_of
from kith.subjects.models import Subject
from kith.subjects.rules import SubjectKind


@dataclass(frozen=True)
class Wanted:
    """What is asked for: why, on what lawful basis, for whom, from whom, and evidence from when to when."""

    purpose: str
    bases: Sequence[str]
    mode: Mode
    seeds: Sequence[int]
    since: date | None = None
    upto: date | None = None


@transaction.atomic
def begin_network(*, wanted: Wanted, by: Viewer, now: datetime) -> Network:
    """Keeps the purpose and the lawful basis before anything is drawn. Raises NotAllowed, PermissionDenied."""
    check_begin(by, wanted.seeds, wanted.purpose, wanted.bases)
    if wanted.mode is Mode.TOGETHER:
        kinds = list(Subject.objects.filter(pk__in=wanted.seeds).values_list("kind", flat=True))
        if kinds != [SubjectKind.PERSON.value]:
            raise NotAllowed(ONE_PERSON)
    network = Network.objects.create(
        viewer=by,
        mode=wanted.mode.value,
        purpose=wanted.purpose.strip()[:300],
        bases=list(wanted.bases),
        seeds=list(dict.fromkeys(wanted.seeds)),
        since=wanted.since,
        upto=wanted.upto,
        made_at=now,
        ends_on=local_day(now) + OPEN_FOR,
    )
    what = f"Asked for a network: {wanted.mode.title.split(':')[0].lower()}"
    details = {"network": network.pk, "bases": list(wanted.bases)}
    record(viewer=by, action="begin-network", subjects=wanted.seeds, what=what, because=network.purpose,
           details=details, now=now)  # fmt: skip
    return network


@transaction.atomic
def begin_network_in_codes(
    *, cut: Cut, code: str, steps: int, purpose: str, bases: Sequence[str], by: Viewer, now: datetime
) -> Network:
    """A network around one code of a cut. Raises NotAllowed, and ValueError for what cannot be a code."""
    check_begin_in_codes(by, steps, purpose, bases)
    network = Network.objects.create(
        viewer=by,
        mode=Mode.IN_CODES.value,
        purpose=purpose.strip()[:300],
        bases=list(bases),
        cut=cut,
        seeds=[number_of(code)],
        steps=steps,
        made_at=now,
        ends_on=local_day(now) + OPEN_FOR,
    )
    details = {"network": network.pk, "bases": list(bases), "cut": cut.name, "code": code, "steps": steps}
    record(viewer=by, action="begin-network", what="Asked for a network in codes, from a cut", because=network.purpose,
           details=details, now=now)  # fmt: skip
    return network


def _about(network: Network, about: Iterable[int]) -> dict[str, Any]:
    """Of whom the audit says it. In a cut nobody is anybody: which cut and which code is said instead."""
    if network.cut_id is None:
        return {"subjects": list(about), "details": {"network": network.pk}}
    codes = [code_of(number) for number in network.seeds]
    return {"details": {"network": network.pk, "cut": network.cut.name, "codes": codes}}  # type: ignore[union-attr]


def note_looked(*, network: Network, about: Iterable[int], what: str, by: Viewer, now: datetime) -> None:
    """Looking at a network is recorded with its purpose, and everybody whose name stood in it."""
    record(viewer=by, action="see-network", what=what, because=network.purpose, now=now, **_about(network, about))


def note_taken_away(*, network: Network, about: Iterable[int], what: str, by: Viewer, now: datetime) -> None:
    """Taking a network away as a file is recorded with its purpose."""
    check_look(by, network)
    record(viewer=by, action="export-network", what=what, because=network.purpose, now=now, **_about(network, about))


@dataclass(frozen=True)
class Taken:
    """A network as it stood on a day, and what somebody makes of it. Every link has its evidence."""

    as_at: date
    narrative: str
    nodes: list[dict[str, Any]]
    links: list[dict[str, Any]]
    missing: list[str]


@transaction.atomic
def keep_snapshot(*, network: Network, taken: Taken, by: Viewer, now: datetime) -> Snapshot:
    """Keeps the picture for good as it is; it can be read for half a year."""
    check_look(by, network)
    if network.viewer_id != by.pk:
        raise NotAllowed("This network is somebody else's.")
    if not taken.narrative.strip():
        raise NotAllowed("Say what you make of it, and what it does not show.")
    snapshot = Snapshot.objects.create(
        viewer=by,
        network=network,
        taken_at=now,
        as_at=taken.as_at,
        narrative=taken.narrative.strip(),
        nodes=taken.nodes,
        links=taken.links,
        missing=taken.missing,
        expires_on=local_day(now) + SNAPSHOT_FOR,
    )
    said = _about(network, [node["id"] for node in taken.nodes])
    said["details"]["snapshot"] = snapshot.pk
    record(viewer=by, action="keep-network", what="Kept a picture of a network", because=network.purpose, now=now,
           **said)  # fmt: skip
    return snapshot
