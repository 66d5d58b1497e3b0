"""Starting Django for a command."""

from __future__ import annotations

import os

import django


def start_django() -> None:
    """Load settings and apps, starting the embedded database if it is the one in use."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.settings")
    django.setup()
