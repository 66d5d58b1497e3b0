"""What every page's frame needs: whose installation this is and who is looking."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from kith.config.navigation import frame_for


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Whose pages these are, whether this is the demonstration, who is signed in (or None), and the frame."""
    user = getattr(request, "user", None)
    viewer = user if user is not None and user.is_authenticated else None
    return {
        "partnership": settings.PARTNERSHIP,
        "is_demo": settings.DEMO,
        "viewer": viewer,
        "frame": frame_for(viewer, request),
    }
