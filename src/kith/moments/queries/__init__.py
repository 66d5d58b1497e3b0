"""Questions about the rota and about critical moments."""
