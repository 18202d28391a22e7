"""The commands of `python -m story`: each module adds its own to the parser, with what it runs."""
