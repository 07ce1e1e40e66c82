"""From finding to what Tijdig does with it. Pure functions: same in, same out; no database, no clock."""
