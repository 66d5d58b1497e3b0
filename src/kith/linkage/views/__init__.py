"""Pages about feeds and about matches, one module for each."""
