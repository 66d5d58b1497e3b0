"""`python -m kith.foundations.database.stop FOLDER`: stop the embedded server kept there, if one runs."""

import sys
from pathlib import Path

from kith.foundations.database.embedded import EmbeddedServer

if __name__ == "__main__" and Path(sys.argv[1]).is_dir():
    EmbeddedServer(Path(sys.argv[1])).stop()
