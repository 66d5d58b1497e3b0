"""What case audits are for, how many are due, what is asked, whose record is drawn. Plain Python and YAML."""
