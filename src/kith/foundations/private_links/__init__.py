"""Secret links that let somebody without an account do one thing, once."""
