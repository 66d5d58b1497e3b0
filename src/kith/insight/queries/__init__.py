"""Questions of insight."""
