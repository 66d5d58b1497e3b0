"""What pages show of the rota and of critical moments."""
