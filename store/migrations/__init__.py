"""The versions of the casebook, each a migration from the one before; ``run`` brings a casebook to a later one."""
