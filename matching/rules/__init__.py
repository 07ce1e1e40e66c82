"""The rules: one file each, found by discovery; their cases stand in ``tests/rules``."""
