"""Loading: checked rows become references, source records, entries, links and involvements, and nothing twice."""
