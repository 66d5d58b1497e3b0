"""The database's address, from DATABASE_URL or from the embedded server."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from kith.foundations.database.embedded import EmbeddedServer


def database_url(folder: Path) -> str:
    """DATABASE_URL where it is set; otherwise the embedded server kept in `folder`, started if need be."""
    given = os.environ.get("DATABASE_URL", "")
    return given or EmbeddedServer(folder).ensure()


def django_database(url: str) -> dict[str, Any]:
    """A PostgreSQL address as Django wants it. Raises ValueError for any other kind of address."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"Kith needs PostgreSQL; this address is of another kind: {parts.scheme}://…")
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", "") or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": query,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
