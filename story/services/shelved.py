"""A story as it lies on a server's shelf: checked once and stored, so that opening it cannot fail or take long.

To parse Markdown can take seconds where it is nested deeply. JSON opens in milliseconds, whatever the story holds.
"""

import msgspec

from story.model import Story


def shelved(story: Story) -> str:
    """Return a story as JSON, for `opened` to give it back."""
    return msgspec.json.encode(story).decode()


def opened(text: str) -> Story:
    """Return the story that `shelved` made a text of."""
    return msgspec.json.decode(text, type=Story)
