"""Networks: how people, groups and places are linked, from evidence; described for a group, never a rank of people."""
