"""From references to subjects: linking what was delivered, and what follows from it."""

from kith.linkage.settling.run import (
    AfterReport,
    SettleReport,
    after_loading,
    make_findable,
    settle,
    tell_whom_to_ring,
)

__all__ = ["AfterReport", "SettleReport", "after_loading", "make_findable", "settle", "tell_whom_to_ring"]
