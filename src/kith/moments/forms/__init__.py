"""What is asked about the rota and about critical moments."""
