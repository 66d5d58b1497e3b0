"""What leaves for national returns, and what other agencies' systems tell."""
