"""Finding a person, group or place from little, and only as far as the viewer may know.

`refresh` fills what is looked in; `queries.find` looks. See rules.WHO_MAY_BE_FOUND for the rule in words.
"""

from kith.subjects.search.refreshing import Stated, refresh
from kith.subjects.search.typed import Typed, understand

__all__ = ["Stated", "Typed", "refresh", "understand"]
