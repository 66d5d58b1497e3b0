"""Case audits: how well one child was helped, drawn by lot, judged in words. Not the record of who looked."""
