import pytest

from story.importing import BrokenStoryError
from story.importing.draft import Draft
from story.importing.limits import Limits
from story.importing.markdown_writer import write_markdown
from story.importing.read import read_story_file
from tests.builders import story


def test_a_manuscript_becomes_a_draft() -> None:
    draft = read_story_file("The Well.TXT", b"It was old.")
    assert isinstance(draft, Draft)
    assert draft.title == "The Well"


def test_our_own_format_becomes_a_story() -> None:
    tale = story("A", "AB")
    assert read_story_file("tale.md", write_markdown(tale).encode()) == tale


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("well.xlsx", "well.xlsx:1: a format that cannot be read; expected a name ending in .md, .markdown, .txt"),
        ("well", "well:1: a format that cannot be read; expected a name ending in .md, .markdown, .txt"),
        ("well.txt", "well.txt:1: too large: 21 bytes; at most 20 are read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_is_expected(name: str, expected: str) -> None:
    with pytest.raises(BrokenStoryError) as broken:
        read_story_file(name, b"a" * 21, Limits(bytes=20))
    assert str(broken.value).startswith(expected)


def test_a_story_of_too_many_lines_is_refused() -> None:
    with pytest.raises(BrokenStoryError, match=r"tale\.md:1: 5 lines; at most 4"):
        read_story_file("tale.md", b"\n" * 5, Limits(lines=4))


def test_a_story_of_too_many_sections_is_refused() -> None:
    with pytest.raises(BrokenStoryError, match=r"tale\.md:1: 3 sections; at most 2"):
        read_story_file("tale.md", write_markdown(story("A", "AB")).encode(), Limits(sections=2))
