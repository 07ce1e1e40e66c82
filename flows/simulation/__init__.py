"""How a simulation is told: words, charts, the page, files and the console."""
