"""Ways in without an account: telling us, following what was told, and the pages of help."""
