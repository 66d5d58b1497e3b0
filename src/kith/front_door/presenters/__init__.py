"""What the front door's pages show: frozen, in words, without a query."""
