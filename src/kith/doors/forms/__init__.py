"""What is asked of somebody without an account, and what their answers come to."""
