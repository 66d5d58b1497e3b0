"""Who may open work and move it: those to whom the record is open and who write on records."""

from __future__ import annotations

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.pathways.models import Work
from kith.pathways.rules import pathways
from kith.subjects.permissions import check_can_write, check_holds_all


def check_can_move(viewer: Viewer, work: Work, to_state: str) -> None:
    """Raises NotAllowed, in words, when this step does not follow or the record is not open to them."""
    check_can_write(viewer)
    check_holds_all([work.subject_id])
    path = pathways()[work.pathway]
    if to_state not in path.state(work.state).then:
        titles = ", ".join(state.title.lower() for state in path.may_follow(work.state)) or "nothing: it has ended"
        raise NotAllowed(f"From “{path.state(work.state).title.lower()}” may follow: {titles}.")
