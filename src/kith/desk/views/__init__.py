"""The desk, and the pages of a record."""
