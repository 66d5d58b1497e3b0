"""The database's address, from DATABASE_URL or from the embedded server."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from kith.foundations.database.embedded import SERVED_LOGIN, SERVED_ROLE, EmbeddedServer

SERVED = {
    "role": SERVED_ROLE,
    "statement_timeout": "30s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
}


def database_url(folder: Path) -> str:
    """DATABASE_URL where it is set; otherwise the embedded server kept in `folder`, started if need be."""
    given = os.environ.get("DATABASE_URL", "")
    return given or EmbeddedServer(folder).ensure()


def served_database(folder: Path) -> dict[str, Any]:
    """The database as the site itself looks at it: always as the role that row security binds, never for long.

    KITH_SERVED_DATABASE_URL names a login of the site's own (a member of the role and nothing else); without it the
    login of DATABASE_URL steps down to the role as it connects. The embedded server has such a login.
    """
    given = os.environ.get("KITH_SERVED_DATABASE_URL", "")
    if not given and not os.environ.get("DATABASE_URL"):
        server = EmbeddedServer(folder)
        server.ensure()
        given = server.url(user=SERVED_LOGIN)
    database = django_database(given or database_url(folder))
    words = [database["OPTIONS"].get("options", ""), *(f"-c {name}={value}" for name, value in SERVED.items())]
    database["OPTIONS"]["options"] = " ".join(filter(None, words))
    return database


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


def url_of(database: Mapping[str, Any]) -> str:
    """A database of Django's settings as a URL, for a library that has its own connection."""
    login = quote(database["USER"], safe="")
    if database["PASSWORD"]:
        login += ":" + quote(database["PASSWORD"], safe="")
    given = {"host": database["HOST"], "port": database["PORT"], **database["OPTIONS"]}
    asked = urlencode({name: value for name, value in given.items() if value and isinstance(value, str)})
    return f"postgresql://{login}@/{quote(database['NAME'])}?{asked}"
