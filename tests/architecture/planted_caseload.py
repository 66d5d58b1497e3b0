"""What a manager's board is asked about: a worker of the team, and the first of the records that were drawn."""

from __future__ import annotations

from typing import Any

from tests.support.cast import Cast


def plant_caseload(cast: Cast) -> dict[str, Any]:
    """The planted work is the team's, so that there is a record to draw."""
    return {"worker_id": cast.asha.pk, "drawn": 1}
