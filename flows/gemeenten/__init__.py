"""Several gemeenten in one run: each its own folder, settings, secrets and databases, and its own night."""
