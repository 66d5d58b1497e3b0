"""Insight: counted things, networks, places and profiles, from dated cuts and never from live tables."""
