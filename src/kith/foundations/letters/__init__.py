"""Letters by email: written in the same transaction as what they tell of, sent afterwards, sent once."""
