"""Opening records for groups and places, adding links, saying what matters now."""
