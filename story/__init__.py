"""The story and the rules of reading it; nothing here knows Discord."""

__version__ = "0.1.0"
