"""Everything about one person, in words: what registers say, what Tijdig saw, and what came of it (AVG 15)."""
