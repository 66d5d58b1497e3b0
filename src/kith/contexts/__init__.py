"""Which context weighs most in a child’s safety, which gives safety, and what is changed where."""
