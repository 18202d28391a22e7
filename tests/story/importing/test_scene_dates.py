"""The day of a scene: `> Date: 3 May` under its title."""

import pytest

from story.importing import BrokenStoryError
from story.importing.markdown import read_single_file
from story.importing.markdown_writer import write_markdown
from story.model import Scene, SceneDate
from tests.story.importing.test_markdown import METADATA

TOLD = "\n\n## Owl\n\nDear Fox.\n"


def scene(head: str) -> Scene:
    text = f"+++\n{METADATA}\n+++\n# A letter\n\n{head}{TOLD}"
    return read_single_file(text.encode(), "letters.md").scenes[0]


def wrong(head: str) -> list[str]:
    with pytest.raises(BrokenStoryError) as broken:
        scene(head)
    return [each.what for each in broken.value.mistakes]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("3 May", SceneDate(3, 5)),
        ("3 May 1897", SceneDate(3, 5, 1897)),
        ("May 3", SceneDate(3, 5)),
        ("May 3, 1897", SceneDate(3, 5, 1897)),
        ("3rd of May", SceneDate(3, 5)),
        ("Friday, 24 September", SceneDate(24, 9)),
        ("1897-05-03", SceneDate(3, 5, 1897)),
        ("29 February", SceneDate(29, 2)),
        ("3. Mai 1897", SceneDate(3, 5, 1897)),
        ("3 mai", SceneDate(3, 5)),
        ("3 de mayo de 1897", SceneDate(3, 5, 1897)),
        ("the 3rd of May, 1897", SceneDate(3, 5, 1897)),
        ("3.5.", SceneDate(3, 5)),
        ("03.05.1897", SceneDate(3, 5, 1897)),
    ],
)
def test_a_date_is_read_as_people_write_it(text: str, date: SceneDate) -> None:
    assert scene(f"> Date: {text}").date == date


@pytest.mark.parametrize(
    "text", ["", "May", "soon", "31 June", "3.13.", "29 February 1897", "3/5", "3 May " * 20, "0 May"]
)
def test_what_is_no_date_is_a_mistake(text: str) -> None:
    assert wrong(f"> Date: {text}") == ["expected `> Date: 3 May`, also with a year"]


def test_a_scene_has_one_date() -> None:
    assert wrong("> Date: 3 May\n> Date: 4 May") == ["a second date of this scene"]


def test_a_scene_without_a_date_has_none() -> None:
    assert scene("").date is None


@pytest.mark.parametrize(
    "head",
    [
        "> Date: 3 May\n> Next: the end",
        "> Date: 3 May\n\n> Next: the end",
        "> Next: the end\n> Date: 3 May",
        "> Next: the end\n\n> Date: 3 May",
    ],
)
def test_a_date_stands_beside_the_ways_on_in_any_order(head: str) -> None:
    found = scene(head)
    assert (found.date, found.links) == (SceneDate(3, 5), ())


@pytest.mark.parametrize("date", ["3 May", "3 May 1897", "29 February", "1 January 850"])
def test_a_date_is_written_and_read_back(date: str) -> None:
    text = f"+++\n{METADATA}\n+++\n# A letter\n\n> Date: {date}\n\n> Next: the end{TOLD}"
    story = read_single_file(text.encode(), "letters.md")
    assert f"> Date: {date}\n" in write_markdown(story)
    assert read_single_file(write_markdown(story).encode(), "letters.md") == story
