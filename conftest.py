"""Tests use the demonstration's settings and, by default, the embedded database."""

import os

os.environ.setdefault("KITH_TESTING", "1")

pytest_plugins = ["tests.support.fixtures", "tests.support.letters"]
