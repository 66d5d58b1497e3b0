"""What the desk and the record pages show: frozen, in words, without a query."""
