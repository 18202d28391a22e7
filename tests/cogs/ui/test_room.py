"""What is said of a story's sections on the command line is what they come to on Discord."""

import pytest

from cogs.ui import layouts
from story.authoring.lint import ROOM, ROOM_BYTES, messages
from story.model import Story
from story.rules.ballot import Ballot
from story.rules.options import options
from story.rules.page import Page
from story.rules.steps import Reading
from tests.builders import place, story


def posted(tale: Story) -> int:
    """How many messages the second scene of a story is posted as."""
    after = place("1A", "2A")
    shown = Page(Reading(1, 2, 3, tale.id, 4), tale, after, Ballot(options(tale, after), after))
    return len(layouts.page(shown))


@pytest.mark.parametrize("letters", ["word ", "字。"])
def test_a_section_said_to_fit_is_posted_as_one_message(letters: str) -> None:
    text = letters * min(ROOM // len(letters), ROOM_BYTES // len(letters.encode()))
    assert messages(text) == 1
    assert posted(story("A", "A", "ABC", text=text)) == 1


@pytest.mark.parametrize("letters", ["word ", "字。"])
def test_a_section_said_to_be_long_is_posted_as_about_so_many(letters: str) -> None:
    text = letters * (4 * min(ROOM // len(letters), ROOM_BYTES // len(letters.encode())))
    assert posted(story("A", "A", "ABC", text=text)) in {messages(text), messages(text) - 1}
