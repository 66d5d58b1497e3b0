"""The front door: what anybody tells about a child, a group or a place, who decides, and what the giver hears."""
