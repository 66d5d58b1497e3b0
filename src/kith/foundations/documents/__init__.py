"""Files that people send with what they tell: checked by what they hold, cleaned, kept, and given back with care."""
