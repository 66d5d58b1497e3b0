"""What the pages of feeds and matches show, one module for each."""
