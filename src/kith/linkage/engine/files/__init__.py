"""Link anybody's files: guess what the columns are, learn from the file itself, match."""

from kith.linkage.engine.files.columns import Column, Guess, guess_columns
from kith.linkage.engine.files.matching import FileMatch, match_files
from kith.linkage.engine.files.reading import FileUnreadableError, read_file

__all__ = ["Column", "FileMatch", "FileUnreadableError", "Guess", "guess_columns", "match_files", "read_file"]
