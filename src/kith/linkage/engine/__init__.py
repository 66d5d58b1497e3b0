"""Record linkage: records in, scored and explained pairs and contradiction-free clusters out. Plain Python."""

from kith.linkage.engine.clustering import JudgementsClash
from kith.linkage.engine.explaining import Explainer, contradictions, explain, explain_pairs
from kith.linkage.engine.index import Index, link_new
from kith.linkage.engine.linking import link
from kith.linkage.engine.model import Model, ModelUnreadable, Thresholds, default_model
from kith.linkage.engine.records import FIELDS, RecordsUnusable
from kith.linkage.engine.results import Explanation, Linked, Reason, Report
from kith.linkage.engine.spark import SparkMissing
from kith.linkage.engine.training import train

__all__ = [
    "FIELDS",
    "Explainer",
    "Explanation",
    "Index",
    "JudgementsClash",
    "Linked",
    "Model",
    "ModelUnreadable",
    "Reason",
    "RecordsUnusable",
    "Report",
    "SparkMissing",
    "Thresholds",
    "contradictions",
    "default_model",
    "explain",
    "explain_pairs",
    "link",
    "link_new",
    "train",
]
