"""Record linkage: records in, scored and explained pairs and contradiction-free clusters out. Plain Python."""

from kith.linkage.engine.clustering import JudgementsClashError
from kith.linkage.engine.explaining import Explainer, contradictions, explain, explain_pairs
from kith.linkage.engine.index import Index, link_new
from kith.linkage.engine.linking import link
from kith.linkage.engine.model import Model, ModelUnreadableError, Thresholds, default_model
from kith.linkage.engine.records import FIELDS, RecordsUnusableError
from kith.linkage.engine.results import Explanation, Linked, Reason, Report
from kith.linkage.engine.spark import SparkMissingError
from kith.linkage.engine.training import train

__all__ = [
    "FIELDS",
    "Explainer",
    "Explanation",
    "Index",
    "JudgementsClashError",
    "Linked",
    "Model",
    "ModelUnreadableError",
    "Reason",
    "RecordsUnusableError",
    "Report",
    "SparkMissingError",
    "Thresholds",
    "contradictions",
    "default_model",
    "explain",
    "explain_pairs",
    "link",
    "link_new",
    "train",
]
