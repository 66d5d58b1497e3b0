"""How case audits are shown."""
