"""What leaves: exports."""

from kith.exchange.actions.exports import JOB, Exported, NoPurpose, export_annex_a, export_ssd_missing, export_ssda903

__all__ = ["JOB", "Exported", "NoPurpose", "export_annex_a", "export_ssd_missing", "export_ssda903"]
