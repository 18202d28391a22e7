from pathlib import Path

import pytest

from story.errors import UnknownStory
from story.shelf import BOX, Shelf, load_shelf
from tests.builders import story, write_story

METADATA = 'title = "{}"\nauthors = ["A"]\n[povs.a]\nname = "Anna"\ncolour = "#112233"\n'
SCENE = "# One\n\n## Anna\n\nText.\n"


def test_a_story_is_found_by_id_or_title_in_any_case() -> None:
    shelf = Shelf([story("A")])
    assert shelf.find("TALE") is shelf.find(" a tale ") is shelf.get("tale")
    assert shelf.get("nothing") is None
    with pytest.raises(UnknownStory):
        shelf.find("nothing")


def test_the_box_is_on_every_shelf_without_a_mistake() -> None:
    shelf, mistakes = load_shelf([])
    assert [each.id for each in shelf] == sorted(path.name for path in BOX.iterdir())
    assert mistakes == []


def test_a_folder_holds_stories_side_by_side(tmp_path: Path) -> None:
    write_story(tmp_path / "well", {"story.toml": METADATA.format("Well"), "01.md": SCENE})
    write_story(tmp_path, {"tower.md": f"+++\n{METADATA.format('Tower')}+++\n{SCENE}", "README.md": "Mine."})
    (tmp_path / "drafts").mkdir()
    shelf, mistakes = load_shelf([tmp_path])
    assert [each.title for each in shelf][1:] == ["Tower", "Well"]
    assert mistakes == []


def test_a_folder_can_be_a_story_itself(tmp_path: Path) -> None:
    path = write_story(tmp_path / "well", {"story.toml": METADATA.format("Well"), "01.md": SCENE})
    shelf, _ = load_shelf([path])
    assert shelf.get("well")


def test_a_story_with_mistakes_is_left_out_and_reported(tmp_path: Path) -> None:
    write_story(tmp_path / "well", {"story.toml": METADATA.format("Well"), "01.md": "Text."})
    write_story(tmp_path / "tower", {"story.toml": METADATA.format("Tower"), "01.md": SCENE})
    shelf, mistakes = load_shelf([tmp_path])
    assert shelf.get("well") is None
    assert shelf.get("tower")
    assert mistakes[0].file == tmp_path / "well" / "01.md"


def test_of_two_stories_with_one_id_the_first_stays_and_the_other_is_reported(tmp_path: Path) -> None:
    path = write_story(tmp_path / "room-241", {"story.toml": METADATA.format("Other"), "01.md": SCENE})
    shelf, mistakes = load_shelf([tmp_path])
    assert shelf.find("room-241").title == "Room 241"
    assert [(mistake.file, mistake.what) for mistake in mistakes] == [
        (path, "a story with the id room-241 is on the shelf already")
    ]


def test_a_folder_that_is_not_there_is_reported(tmp_path: Path) -> None:
    _, mistakes = load_shelf([tmp_path / "nowhere"])
    assert [mistake.what for mistake in mistakes] == ["no such folder"]
