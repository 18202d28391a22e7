"""A story as it lies on a server's shelf: checked once and stored, so that opening it cannot fail or take long.

To parse Markdown can take seconds where it is nested deeply. JSON opens in milliseconds, whatever the story holds.
"""

from pydantic import TypeAdapter

from story.model import Story

_STORY = TypeAdapter(Story)


def shelved(story: Story) -> str:
    """Return a story as JSON, for `opened` to give it back."""
    return _STORY.dump_json(story).decode()


def opened(text: str) -> Story:
    """Return the story that `shelved` made a text of."""
    return _STORY.validate_json(text)
