"""Forms of weighing contexts and changing them."""
