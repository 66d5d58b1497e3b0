"""The sums behind insight: plain Python, given columns and giving columns; no Django, no clock, no database of ours."""
