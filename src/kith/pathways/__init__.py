"""The path that a child, a peer group and a place all take: concern, assessment, plan, review, close."""
