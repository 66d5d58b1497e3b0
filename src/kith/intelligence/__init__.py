"""Intelligence: given by partners, graded by the police, passed on without its source, and answered to the giver."""
