"""Writing on records."""
