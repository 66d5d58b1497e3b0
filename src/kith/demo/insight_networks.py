"""What the demonstration's social worker made of a network: asked for with its purpose, looked at, a picture kept.

Written through the ordinary actions, as insight_networks.yaml tells. Running it again writes nothing.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from kith.demo import cast
from kith.demo.missing import subject_of
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.insight.actions.networks import Taken, Wanted, begin_network, keep_snapshot, note_looked
from kith.insight.models import Network
from kith.insight.presenters.networks import kept_links, kept_nodes
from kith.insight.rules.networks import Mode
from kith.insight.views.networks_looking import look

STORY = Path(__file__).parent / "insight_networks.yaml"


def keep_networks(*, now: datetime) -> int:
    """The networks that social workers asked for and kept a picture of; answers how many. None where there are some."""
    return sum(_kept(told, _staff(told["by"]), now) for told in _told())


def _kept(told: dict[str, Any], by: Viewer, now: datetime) -> bool:
    with viewing_as(system_viewer("demonstration")):
        subject = subject_of(told["around"])
    with viewing_as(by):
        if subject is None or Network.objects.filter(viewer=by).exists():
            return False
        _keep_network(told, subject, by, now)
    return True


def _told() -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = yaml.safe_load(STORY.read_text(encoding="utf-8"))
    return told


def _staff(key: str) -> Viewer:
    email = next(person.email for person in cast.STAFF if person.key == key)
    return Viewer.objects.select_related("agency").get(email=email)


def _keep_network(told: dict[str, Any], subject: int, by: Viewer, now: datetime) -> None:
    wanted = Wanted(told["purpose"], told["bases"], Mode.PROFESSIONAL, [subject])
    network = begin_network(wanted=wanted, by=by, now=now)
    looked = look(by, network.pk, now, {})
    note_looked(network=network, about=looked.numbers, what="Looked at a network", by=by, now=now)
    taken = Taken(
        as_at=looked.day,
        narrative=told["narrative"],
        nodes=kept_nodes(looked.drawn, looked.around.nodes, looked.seeds),
        links=kept_links(looked.drawn),
        missing=list(looked.missing),
    )
    keep_snapshot(network=network, taken=taken, by=by, now=now)
