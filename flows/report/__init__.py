"""The page a beheerder reads in the morning."""
