"""Background work of insight: the nightly cut."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.insight.actions.cuts import JOB, take_cut


@app.periodic(cron="30 4 * * *")
@app.task(queueing_lock="insight-nightly-cut", name="insight.nightly_cut")
def nightly_cut(timestamp: int) -> str:
    """Every night, after the files have come: what is recorded now, for the figures of the day."""
    return take_cut(purpose="Nightly figures", by=system_viewer(JOB), now=timezone.now()).name


@app.task(queueing_lock="insight-cut", name="insight.cut")
def cut_now(purpose: str, viewer_id: int) -> str:
    """A cut that an analyst asked for."""
    with viewing_as(system_viewer(JOB)):
        by = Viewer.objects.select_related("agency").get(pk=viewer_id)
    return take_cut(purpose=purpose, by=by, now=timezone.now()).name
