"""What case audits ask people."""
