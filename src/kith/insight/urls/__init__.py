"""Addresses of insight, a file a part."""
