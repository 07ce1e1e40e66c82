"""Deliveries in: the ordinary intake, and adapters of sources that do not speak the contract."""
