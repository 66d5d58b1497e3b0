"""Intelligence as pages show it: words, not codes."""

from kith.intelligence.presenters.around import show_about, show_flag, show_receipt, show_received
from kith.intelligence.presenters.reports import shortened, show_likely, show_queue, show_report
from kith.intelligence.presenters.volumes import show_volumes

__all__ = [
    "shortened",
    "show_about",
    "show_flag",
    "show_likely",
    "show_queue",
    "show_receipt",
    "show_received",
    "show_report",
    "show_volumes",
]
