"""Truths of insight: what a measure is, how periods are cut, what may be shown."""
