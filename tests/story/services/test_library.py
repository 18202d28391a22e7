from pathlib import Path

import pytest

from story.errors import UnknownStory
from story.importing.markdown_writer import write_markdown
from story.services.library import BOX, Shelf, Title, load_shelf
from tests.builders import story, write_story

METADATA = 'title = "{}"\nauthors = ["A"]\n[povs.a]\nname = "Anna"\ncolour = "#112233"\n'
SCENE = "# One\n\n## Anna\n\nText.\n"


def test_a_story_is_found_by_id_or_title_in_any_case() -> None:
    shelf = Shelf([story("A")])
    assert shelf.find(1, "TALE") is shelf.find(1, " a tale ") is shelf.get("tale")
    assert shelf.get("nothing") is None
    with pytest.raises(UnknownStory):
        shelf.find(1, "nothing")


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
    assert shelf.find(1, "room-241").title == "Room 241"
    assert [(mistake.file, mistake.what) for mistake in mistakes] == [
        (path, "a story with the id room-241 is on the shelf already")
    ]


def test_a_folder_that_is_not_there_is_reported(tmp_path: Path) -> None:
    _, mistakes = load_shelf([tmp_path / "nowhere"])
    assert [mistake.what for mistake in mistakes] == ["no such folder"]


def stocked(*own: tuple[str, int]) -> tuple[Shelf, list[str]]:
    """A shelf with a story that all see, and some of single servers; and the ids whose texts are asked for."""
    asked: list[str] = []

    def text_of(story_id: str) -> str | None:
        asked.append(story_id)
        return None if story_id == "lost" else write_markdown(story("A", story_id=story_id, title="Own"))

    shelf = Shelf([story("A")])
    shelf.stock([(story_id, guild, "Own") for story_id, guild in own], text_of)
    return shelf, asked


def test_a_servers_own_story_is_seen_by_that_server_alone() -> None:
    shelf, _ = stocked(("mine", 1), ("theirs", 2))
    assert [each.id for each in shelf.titles(1)] == ["tale", "mine"]
    assert [each.id for each in shelf.visible_to(2)] == ["tale", "theirs"]
    assert [each.id for each in shelf] == ["tale"]
    assert shelf.find(1, "own").id == "mine"
    assert shelf.find(2, "own").id == "theirs"
    with pytest.raises(UnknownStory):
        shelf.find(3, "mine")


def test_a_reading_finds_its_story_whoever_sees_it() -> None:
    shelf, _ = stocked(("mine", 1))
    assert shelf.get("mine") == story("A", story_id="mine", title="Own")
    assert shelf.see(1, "mine") is shelf.get("mine")
    assert shelf.see(2, "mine") is None
    assert shelf.see(2, "tale")


def test_a_servers_own_story_is_read_when_it_is_first_asked_for_and_once() -> None:
    shelf, asked = stocked(("mine", 1), ("other", 1))
    shelf.titles(1)
    assert asked == []
    assert shelf.get("mine") is shelf.get("mine")
    assert asked == ["mine"]


def test_what_is_taken_away_is_found_no_more() -> None:
    shelf, _ = stocked(("mine", 1), ("other", 1), ("theirs", 2))
    shelf.get("mine")
    shelf.remove(1, "mine")
    assert shelf.get("mine") is None
    shelf.forget(1)
    shelf.forget(3)
    assert shelf.get("other") is None
    assert shelf.own(1) == []
    assert shelf.own(2) == [Title("theirs", "Own")]


def test_a_story_whose_text_is_lost_is_left_out() -> None:
    shelf, _ = stocked(("lost", 1))
    assert [each.id for each in shelf.visible_to(1)] == ["tale"]
    with pytest.raises(UnknownStory):
        shelf.find(1, "lost")


def test_many_servers_with_stories_of_their_own_are_no_work_until_they_read() -> None:
    shelf, asked = stocked(*((f"own-{n}", n) for n in range(10_000)))
    assert [each.id for each in shelf.own(9_999)] == ["own-9999"]
    assert asked == []


# ---- folders that are edited


@pytest.fixture
def well(tmp_path: Path) -> Path:
    return write_story(tmp_path / "well", {"story.toml": METADATA.format("Well"), "01.md": SCENE})


def test_nothing_is_read_again_while_nothing_changes(well: Path) -> None:
    shelf, _ = load_shelf([well.parent])
    before = shelf.get("well")
    assert shelf.look_again() is None
    assert shelf.get("well") is before


def test_an_edited_story_is_read_again_and_the_others_are_not(well: Path, tmp_path: Path) -> None:
    write_story(tmp_path / "tower", {"story.toml": METADATA.format("Tower"), "01.md": SCENE})
    shelf, _ = load_shelf([tmp_path])
    tower = shelf.get("tower")
    write_story(well, {"02-two.md": SCENE.replace("One", "Two")})
    assert shelf.look_again() == []
    changed = shelf.get("well")
    assert changed
    assert [scene.title for scene in changed.scenes] == ["One", "Two"]
    assert shelf.get("tower") is tower


def test_of_a_broken_edit_the_mistakes_are_told_once_and_the_last_good_version_stays(well: Path) -> None:
    shelf, _ = load_shelf([well.parent])
    before = shelf.get("well")
    write_story(well, {"01.md": "Text without a scene, and longer."})
    [mistake, *_] = shelf.look_again() or []
    assert mistake.file == well / "01.md"
    assert shelf.get("well") is before
    assert shelf.look_again() is None
    write_story(well, {"01.md": SCENE.replace("One", "Mended again")})
    assert shelf.look_again() == []
    mended = shelf.get("well")
    assert mended
    assert mended.scenes[0].title == "Mended again"


def test_stories_and_folders_come_and_go(well: Path, tmp_path: Path) -> None:
    later = tmp_path / "later"
    shelf, _ = load_shelf([tmp_path, later])
    write_story(later, {"tower.md": f"+++\n{METADATA.format('Tower')}+++\n{SCENE}"})
    (well / "story.toml").unlink()
    assert shelf.look_again() == []
    assert [each.id for each in shelf] == ["room-241", "tower"]


def test_a_shelf_without_folders_does_not_change() -> None:
    shelf = Shelf([story("A")])
    assert not shelf.has_folders
    assert shelf.look_again() is None
    assert shelf.get("tale")


def test_what_servers_have_brought_in_stays_when_folders_change(well: Path) -> None:
    shelf, _ = load_shelf([well.parent])
    shelf.stock([("mine", 1, "Own")], lambda _id: write_markdown(story("A", story_id="mine")))
    write_story(well, {"02-two.md": SCENE.replace("One", "Two")})
    assert shelf.look_again() == []
    assert shelf.get("mine")


def test_a_file_that_is_deleted_meanwhile_does_not_matter(well: Path) -> None:
    (well / "02.md").symlink_to(well / "nowhere")
    (well.parent / "dangling.md").symlink_to(well / "nowhere")
    shelf, mistakes = load_shelf([well.parent])
    assert {mistake.file.name for mistake in mistakes} == {"02.md", "dangling.md"}
    assert shelf.look_again() is None
