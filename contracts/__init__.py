"""What crosses a boundary: table contracts, deliveries, findings, advice, dated parameters, errors."""
