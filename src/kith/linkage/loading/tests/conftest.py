"""The fixtures of every test here: loading in this process, and in one that may be killed."""

from kith.linkage.loading.tests.apart import server
from kith.linkage.loading.tests.loading import load

__all__ = ["load", "server"]
