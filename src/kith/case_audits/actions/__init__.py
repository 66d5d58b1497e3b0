"""Everything that changes case audits, each with its line in the record of who looked."""
