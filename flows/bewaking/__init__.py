"""Watching over the runs: what the beheerder is told, whether a night happened at all, measures and logs."""
