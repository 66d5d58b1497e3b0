"""Who is linked with whom: communities and brokerage of a group, never a rank of children."""
