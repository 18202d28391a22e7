"""Help for authors: lint, statistics, simulation, the map of a story."""
