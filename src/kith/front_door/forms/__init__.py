"""What the front door's pages ask."""
