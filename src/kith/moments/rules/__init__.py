"""What this area has agreed about critical moments and who answers them."""
