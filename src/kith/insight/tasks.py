"""Background work of insight: the nightly cut, the places of a cut, and premises that are shared."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.insight.actions.cuts import JOB, take_cut
from kith.insight.actions.places import work_out_places
from kith.insight.actions.shared_places import point_out_shared
from kith.insight.queries.cuts import cut_or_none
from kith.insight.queries.places import TASK
from kith.insight.rules.places import Choice


@app.periodic(cron="30 4 * * *")
@app.task(queueing_lock="insight-nightly-cut", name="insight.nightly_cut")
def nightly_cut(timestamp: int) -> str:
    """Every night, after the files have come: what is recorded now, for the figures of the day."""
    return take_cut(purpose="Nightly figures", by=system_viewer(JOB), now=timezone.now()).name


@app.periodic(cron="50 4 * * *")
@app.task(queueing_lock="insight-shared-places", name="insight.shared_places")
def shared_places(timestamp: int) -> int:
    """Every night: buildings that several organisations, or young people of very different ages, share."""
    job = system_viewer(JOB)
    with viewing_as(job):
        return point_out_shared(by=job, now=timezone.now())


@app.task(queueing_lock="insight-cut", name="insight.cut")
def cut_now(purpose: str, viewer_id: int) -> str:
    """A cut that an analyst asked for."""
    with viewing_as(system_viewer(JOB)):
        by = Viewer.objects.select_related("agency").get(pk=viewer_id)
    return take_cut(purpose=purpose, by=by, now=timezone.now()).name


@app.task(name=TASK)
def places(cut_name: str, theme: str, months: int, against: str) -> str:
    """One choice of the places of a cut, so that pages can read it."""
    job = system_viewer(JOB)
    with viewing_as(job):
        cut = cut_or_none(cut_name)
        if cut is None:
            return "The cut is gone."
        work_out_places(cut=cut, choice=Choice(theme, months, against), by=job, now=timezone.now())
    return cut.name
