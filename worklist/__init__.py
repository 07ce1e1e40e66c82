"""The page of the consulenten: see what is to do, pick it up, call, and record what came of it."""
