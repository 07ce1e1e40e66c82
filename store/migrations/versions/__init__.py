"""A file for each version. What was released never changes; a change of ``tables.py`` is a new file here."""
