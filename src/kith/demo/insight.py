"""The demonstration's first cut, as the partnership's analyst takes it, and what a night points out of its premises.

Running it again takes none.
"""

from __future__ import annotations

from datetime import datetime

from kith.demo import cast
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.insight.actions.cuts import JOB, take_cut
from kith.insight.actions.shared_places import point_out_shared
from kith.insight.queries.cuts import latest_cut


def take_first_cut(*, now: datetime) -> bool:
    """Whether a cut was taken: none where there is one."""
    if latest_cut():
        return False
    uma = Viewer.objects.select_related("agency").get(email=cast.UMA.email)
    take_cut(purpose="Figures of the demonstration", by=uma, now=now)
    job = system_viewer(JOB)
    with viewing_as(job):
        point_out_shared(by=job, now=now)
    return True
