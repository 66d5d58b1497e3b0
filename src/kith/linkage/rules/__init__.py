"""Truths about deliveries, facts and identity: plain Python, time passed in."""
