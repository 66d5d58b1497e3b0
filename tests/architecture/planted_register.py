"""A rule of the register and a format, to whose addresses every page can be asked."""

from __future__ import annotations

from typing import Any


def plant_register() -> dict[str, Any]:
    """The rule of critical moments, and its record as a page."""
    return {"rule": "critical-moments", "written_as": "html"}
