"""Every test calls as if nobody had called before it."""

from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _forget_rate_limits() -> None:
    cache.clear()
