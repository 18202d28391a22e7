"""What helps an author: lint, statistics, simulation, the map of a story."""
