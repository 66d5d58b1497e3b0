"""Views of weighing contexts and changing them."""
