"""The pages of those who answer critical moments."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import can
from kith.foundations.access.rules import Permission
from kith.moments.permissions import can_answer_any, is_manager, is_on_a_rota

EVERYBODY, ANSWERS, ON_CALL, TELLS, MANAGES = "everybody", "answers", "on call", "tells", "manages"
PAGES = (
    ("Critical moments", "moments", ANSWERS),
    ("On call", "on-call", EVERYBODY),
    ("Hand over", "on-call-handover", ON_CALL),
    ("Offers and needs", "moments-offers", ANSWERS),
    ("The rule", "moments-rules", ANSWERS),
    ("Champions", "champions", EVERYBODY),
    ("Tell of one", "moment-new", TELLS),
    ("What I told", "moments-mine", TELLS),
    ("Alerts", "moments-alerts", MANAGES),
)


def tabs(viewer: Viewer, current: str) -> list[dict[str, Any]]:
    """Those that whoever looks may open."""
    may = {
        EVERYBODY: True,
        ANSWERS: can_answer_any(viewer),
        ON_CALL: is_on_a_rota(viewer),
        TELLS: can(viewer, Permission.WRITE_ENTRIES),
        MANAGES: is_manager(viewer),
    }
    return [{"text": text, "href": reverse(name), "current": name == current} for text, name, who in PAGES if may[who]]
