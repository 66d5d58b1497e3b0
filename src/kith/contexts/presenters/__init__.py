"""Presenters of weighing contexts and changing them."""
