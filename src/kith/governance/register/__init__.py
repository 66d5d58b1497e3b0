"""The register of rules: everything that Kith does or proposes by itself, each published in a readable file.

A rule that fires without an entry here fails the tests.
"""

from kith.governance.register.entries import BadEntry, Entry, entries, entry

__all__ = ["BadEntry", "Entry", "entries", "entry"]
