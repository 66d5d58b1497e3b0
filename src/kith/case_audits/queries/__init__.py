"""What case audits ask of the database."""
