"""Given names that are one name: shortenings and spellings. Plain Python, knows no safeguarding word."""

from kith.foundations.names.folding import fold, name_words
from kith.foundations.names.groups import all_grouped_names, same_names

__all__ = ["all_grouped_names", "fold", "name_words", "same_names"]
