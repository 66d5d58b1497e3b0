"""One report for the police's own system: the approved version and its grading, never the source or the first words."""

from __future__ import annotations

import csv
import io
import re
from xml.etree import ElementTree

from django.utils.timezone import localtime

from kith.intelligence.queries.reports import Item
from kith.intelligence.rules.codes import title
from kith.linkage.feeds.rejects_file import guarded

UNFIT = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold


def fields(item: Item) -> list[tuple[str, str]]:
    """Name and value of each field, in order. Raises ValueError without an approved version."""
    version = item.version
    if version is None or not version.approved:
        raise ValueError("Nothing leaves before a version is approved.")
    report = item.report
    return [
        ("reference", report.number),
        ("given_at", localtime(report.given_at).isoformat(timespec="minutes")),
        ("given_by_agency", report.agency.name if report.agency else ""),
        ("source_and_information", version.grade),
        ("handling", version.handling_code),
        ("conditions", version.conditions),
        ("harms", "; ".join(title("harms", one) for one in report.harms)),
        ("text", version.text),
        ("approved_at", localtime(version.decided_at).isoformat(timespec="minutes") if version.decided_at else ""),
    ]


def as_csv(item: Item) -> str:
    """A header and one row, with no cell that a spreadsheet would take for a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    named = fields(item)
    writer.writerow([name for name, _ in named])
    writer.writerow([guarded(value) for _, value in named])
    return "\ufeff" + text.getvalue()


def as_xml(item: Item) -> str:
    """One element a field; letters that XML cannot hold fall away."""
    root = ElementTree.Element("intelligence")
    for name, value in fields(item):
        ElementTree.SubElement(root, name).text = UNFIT.sub("", value)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode")
