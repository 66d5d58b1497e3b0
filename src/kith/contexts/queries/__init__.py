"""Queries of weighing contexts and changing them."""
