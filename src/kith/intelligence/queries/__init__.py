"""Questions about intelligence. Row security has already decided which rows there are to ask about."""
