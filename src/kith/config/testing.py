"""Read by pytest before anything else (`-p kith.config.testing` in pyproject.toml): these settings are for tests."""

import os

os.environ.setdefault("KITH_TESTING", "1")
