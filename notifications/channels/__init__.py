"""The ways a finished notice leaves the house. No channel imports another."""
