"""The loading fixture for every test here."""

from kith.linkage.loading.tests.loading import load

__all__ = ["load"]
