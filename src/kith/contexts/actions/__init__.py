"""Actions of weighing contexts and changing them."""
