"""A real server over a real database for each journey.

The audit's tables refuse to be emptied, as they should, so no journey cleans up: each has a database of its own,
copied from the migrated test database in a moment, and dropped when it ends. Pages are served by threads of this
process over committed data, each request under row security in its own transaction, as in service.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.test import override_settings
from django.test.testcases import LiveServerThread


class _NoStaticHandler:
    """Static files are served by the site itself, as in service."""

    def __new__(cls, application: WSGIHandler) -> WSGIHandler:  # type: ignore[misc]
        return application


def as_in_service(collected: Path) -> override_settings:
    """Styles and scripts packed and with their hash in the name, so that pages weigh what they weigh for people."""
    return override_settings(STATIC_ROOT=collected, WHITENOISE_USE_FINDERS=False)


def collect_static(collected: Path) -> None:
    with as_in_service(collected):
        call_command("collectstatic", interactive=False, verbosity=0)


@contextmanager
def running_server(collected: Path) -> Iterator[str]:
    """The site on a free port of this machine; yields its address."""
    import_module(settings.ROOT_URLCONF)  # so that the first page waits for no import
    thread = LiveServerThread("127.0.0.1", static_handler=_NoStaticHandler)
    thread.daemon = True
    with as_in_service(collected):
        thread.start()
        thread.is_ready.wait()
    if thread.error:
        raise thread.error
    try:
        yield f"http://127.0.0.1:{thread.port}"
    finally:
        thread.terminate()
