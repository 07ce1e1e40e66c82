"""Extracts in, findings out: intake, fact views, rules and suppressors."""
