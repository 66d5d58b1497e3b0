"""Whether the site can do its work: for a load balancer or a watch, and for whoever asks why a page is slow."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and its tables are up to date; otherwise 503 with the reason."""
    reason = what_is_wrong()
    if reason:
        return JsonResponse({"state": "not ready", "reason": reason}, status=503)
    return JsonResponse({"state": "ready"})


def what_is_wrong() -> str:
    """Why the site or its worker cannot do its work yet, in words; nothing where it can."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "The database does not answer."
    return "The database has waiting migrations: run `kith setup`." if waiting else ""
