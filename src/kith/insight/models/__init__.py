"""Tables of insight."""
