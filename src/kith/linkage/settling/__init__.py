"""From references to subjects: linking what was delivered, and what follows from it."""

from kith.linkage.settling.run import AfterReport, SettleReport, after_loading, settle

__all__ = ["AfterReport", "SettleReport", "after_loading", "settle"]
