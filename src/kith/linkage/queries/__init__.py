"""Questions about feeds, matches and judgements, one module for each."""
