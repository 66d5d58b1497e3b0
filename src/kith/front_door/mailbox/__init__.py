"""Letters that come by email: read as they are, however badly they are made, and taken into the queue once."""
