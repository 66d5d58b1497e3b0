"""A network that Asha asked for, and a picture of it that she kept: nobody else's, whatever their role."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from kith.foundations.access.viewing import viewing_as
from kith.insight.actions.networks import Taken, Wanted, begin_network, keep_snapshot
from kith.insight.rules.networks import Mode
from kith.subjects.models import LinkEvidence, Subject
from tests.support.cast import Cast

DRAWN = "Betonywort"  # what she makes of it; why she asked stands in the audit


def plant_networks(cast: Cast, child: Subject) -> dict[str, Any]:
    """It begins from the child, who is linked with her friend."""
    now = timezone.now()
    friend = LinkEvidence.objects.filter(subject=child).order_by("pk").values_list("other_id", flat=True)[0]
    link = {"first": child.pk, "second": friend, "words": "friend of", "strength": "One source", "fading": False,
            "single": True, "sources": 1, "weight": 1, "first_seen": "2026-11-01", "last_seen": "2026-11-01",
            "drops_out_on": "", "evidence": [{"words": "friend of", "text": f"{DRAWN} told", "grade": "told",
                                              "told_by": "school", "seen": "2026-11-01"}]}  # fmt: skip
    nodes = [{"id": pk, "kind": "person", "name": DRAWN, "seed": pk == child.pk} for pk in (child.pk, friend)]
    wanted = Wanted("To plan what helps these friends after school", ["6-1-e"], Mode.PROFESSIONAL, [child.pk])
    with viewing_as(cast.asha):
        network = begin_network(wanted=wanted, by=cast.asha, now=now)
        taken = Taken(timezone.localdate(now), f"{DRAWN} helps", nodes, [link], [])
        kept = keep_snapshot(network=network, taken=taken, by=cast.asha, now=now)
    return {"network_id": network.pk, "snapshot_id": kept.pk, "one_id": child.pk, "other_id": friend, "form": "csv"}
