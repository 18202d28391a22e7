"""A server's own story as JSON: checked once and stored, so that opening it can't fail or take long.

Parsing deeply nested Markdown can take seconds. JSON opens in milliseconds, whatever the story.
"""

import msgspec

from story.model import Story


def to_json(story: Story) -> str:
    """Return a story as JSON."""
    return msgspec.json.encode(story).decode()


def from_json(text: str) -> Story:
    """Return the story that `to_json` wrote."""
    return msgspec.json.decode(text, type=Story)
