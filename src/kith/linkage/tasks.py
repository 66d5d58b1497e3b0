"""Linking at night whoever was begun by hand, and finishing the loads that were killed."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.linkage.loading.catalogue import catalogue
from kith.linkage.models import Delivery
from kith.linkage.settling.feed_words import FRONT_DOOR

FINISH_LOADS = "linkage.finish_loads"


@app.periodic(cron="10 4 * * *")
@app.task(queueing_lock="link-newcomers", name="linkage.newcomers")
def link_newcomers(timestamp: int) -> int:
    """Every night. Answers how many records were looked at; none where nothing was begun since the last linking."""
    from kith.linkage.settling.run import after_loading, settle  # noqa: PLC0415 - brings in the engine

    now, loader = timezone.now(), system_viewer("loader")
    with viewing_as(loader):
        begun = list(Delivery.objects.filter(feed=FRONT_DOOR.feed).values_list("pk", flat=True))
        if not begun:
            return 0
        report = settle(by=loader, now=now)
    after_loading(delivery_ids=begun, by=loader, now=now)
    return report.records


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock=FINISH_LOADS, name=FINISH_LOADS)
def finish_loads(timestamp: int) -> int:
    """Every five minutes, and when Kith starts. Answers how many deliveries of killed loads were finished."""
    from kith.linkage.loading import loader  # noqa: PLC0415 - brings in the engine

    return loader.finish_loads(catalogue=catalogue(), now=timezone.now())
