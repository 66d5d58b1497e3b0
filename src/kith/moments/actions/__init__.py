"""What is done about the rota and about critical moments."""
