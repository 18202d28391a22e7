"""The commands of `python -m story`, one in each module."""
