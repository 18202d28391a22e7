from pathlib import Path

import pytest

from story.errors import UnknownStory
from story.services.library import BOX, Library, Title, load_library
from story.services.story_json import to_json
from tests.builders import story, write_story

METADATA = 'title = "{}"\nauthors = ["A"]\n[povs.a]\nname = "Anna"\ncolour = "#112233"\n'
SCENE = "# One\n\n## Anna\n\nText.\n"


def test_a_story_is_found_by_id_or_title_in_any_case() -> None:
    library = Library([story("A")])
    assert library.find(1, "TALE") is library.find(1, " a tale ") is library.get("tale")
    assert library.get("nothing") is None
    with pytest.raises(UnknownStory):
        library.find(1, "nothing")


def test_the_box_is_on_every_shelf_without_a_mistake() -> None:
    library, mistakes = load_library([])
    assert [each.id for each in library] == sorted(path.name for path in BOX.iterdir())
    assert mistakes == []


def test_a_folder_holds_stories_side_by_side(tmp_path: Path) -> None:
    write_story(tmp_path / "well", {"story.toml": METADATA.format("Well"), "01.md": SCENE})
    write_story(tmp_path, {"tower.md": f"+++\n{METADATA.format('Tower')}+++\n{SCENE}", "README.md": "Mine."})
    (tmp_path / "drafts").mkdir()
    library, mistakes = load_library([tmp_path])
    assert [each.title for each in library][1:] == ["Tower", "Well"]
    assert mistakes == []


def test_a_folder_can_be_a_story_itself(tmp_path: Path) -> None:
    path = write_story(tmp_path / "well", {"story.toml": METADATA.format("Well"), "01.md": SCENE})
    library, _ = load_library([path])
    assert library.get("well")


def test_a_story_with_mistakes_is_left_out_and_reported(tmp_path: Path) -> None:
    write_story(tmp_path / "well", {"story.toml": METADATA.format("Well"), "01.md": "Text."})
    write_story(tmp_path / "tower", {"story.toml": METADATA.format("Tower"), "01.md": SCENE})
    library, mistakes = load_library([tmp_path])
    assert library.get("well") is None
    assert library.get("tower")
    assert mistakes[0].file == tmp_path / "well" / "01.md"


def test_of_two_stories_with_one_id_the_first_stays_and_the_other_is_reported(tmp_path: Path) -> None:
    path = write_story(tmp_path / "room-241", {"story.toml": METADATA.format("Other"), "01.md": SCENE})
    library, mistakes = load_library([tmp_path])
    assert library.find(1, "room-241").title == "Room 241"
    assert [(mistake.file, mistake.what) for mistake in mistakes] == [
        (path, "a story with the id room-241 is already in the library")
    ]


def test_a_folder_that_is_not_there_is_reported(tmp_path: Path) -> None:
    _, mistakes = load_library([tmp_path / "nowhere"])
    assert [mistake.what for mistake in mistakes] == ["no such folder"]


def stocked(*own: tuple[str, int]) -> tuple[Library, list[str]]:
    """A shelf with a story that all see, and some of single servers; and the ids whose texts are asked for."""
    asked: list[str] = []

    def text_of(story_id: str) -> str | None:
        asked.append(story_id)
        return None if story_id == "lost" else to_json(story("A", story_id=story_id, title="Own"))

    library = Library([story("A")])
    library.stock([(story_id, guild, "Own") for story_id, guild in own], text_of)
    return library, asked


def test_a_servers_own_story_is_seen_by_that_server_alone() -> None:
    library, _ = stocked(("mine", 1), ("theirs", 2))
    assert [each.id for each in library.titles(1)] == ["tale", "mine"]
    assert [each.id for each in library.visible_to(2)] == ["tale", "theirs"]
    assert [each.id for each in library] == ["tale"]
    assert library.find(1, "own").id == "mine"
    assert library.find(2, "own").id == "theirs"
    with pytest.raises(UnknownStory):
        library.find(3, "mine")


def test_a_reading_finds_its_story_whoever_sees_it() -> None:
    library, _ = stocked(("mine", 1))
    assert library.get("mine") == story("A", story_id="mine", title="Own")
    assert library.see(1, "mine") is library.get("mine")
    assert library.see(2, "mine") is None
    assert library.see(2, "tale")


def test_a_servers_own_story_is_read_when_it_is_first_asked_for_and_once() -> None:
    library, asked = stocked(("mine", 1), ("other", 1))
    library.titles(1)
    assert asked == []
    assert library.get("mine") is library.get("mine")
    assert asked == ["mine"]


def test_what_others_have_brought_in_and_taken_away_is_renewed() -> None:
    library, _ = stocked(("mine", 1), ("other", 1))
    library.renew(library.ids(), [("mine", 1, "Own"), ("theirs", 2, "Own")])
    assert [each.id for each in library.own(1)] == ["mine"]
    assert [each.id for each in library.own(2)] == ["theirs"]


def test_what_is_brought_in_or_taken_away_while_it_is_renewed_stays_so() -> None:
    library, _ = stocked(("mine", 1), ("other", 1))
    before = library.ids()
    library.remove(1, "other")
    library.add(2, Title("new", "Own"))
    library.renew(before, [("mine", 1, "Own"), ("other", 1, "Own")])
    assert library.ids() == {"mine", "new"}


def test_what_is_taken_away_is_found_no_more() -> None:
    library, _ = stocked(("mine", 1), ("other", 1), ("theirs", 2))
    library.get("mine")
    library.remove(1, "mine")
    assert library.get("mine") is None
    library.forget(1)
    library.forget(3)
    assert library.get("other") is None
    assert library.own(1) == []
    assert library.own(2) == [Title("theirs", "Own")]


def test_a_story_whose_text_is_lost_is_left_out() -> None:
    library, _ = stocked(("lost", 1))
    assert [each.id for each in library.visible_to(1)] == ["tale"]
    with pytest.raises(UnknownStory):
        library.find(1, "lost")


def test_many_servers_with_stories_of_their_own_are_no_work_until_they_read() -> None:
    library, asked = stocked(*((f"own-{n}", n) for n in range(10_000)))
    assert [each.id for each in library.own(9_999)] == ["own-9999"]
    assert asked == []


# ---- folders that are edited


@pytest.fixture
def well(tmp_path: Path) -> Path:
    return write_story(tmp_path / "well", {"story.toml": METADATA.format("Well"), "01.md": SCENE})


def test_nothing_is_read_again_while_nothing_changes(well: Path) -> None:
    library, _ = load_library([well.parent])
    before = library.get("well")
    assert library.look_again() is None
    assert library.get("well") is before


def test_an_edited_story_is_read_again_and_the_others_are_not(well: Path, tmp_path: Path) -> None:
    write_story(tmp_path / "tower", {"story.toml": METADATA.format("Tower"), "01.md": SCENE})
    library, _ = load_library([tmp_path])
    tower = library.get("tower")
    write_story(well, {"02-two.md": SCENE.replace("One", "Two")})
    assert library.look_again() == []
    changed = library.get("well")
    assert changed
    assert [scene.title for scene in changed.scenes] == ["One", "Two"]
    assert library.get("tower") is tower


def test_of_a_broken_edit_the_mistakes_are_told_once_and_the_last_good_version_stays(well: Path) -> None:
    library, _ = load_library([well.parent])
    before = library.get("well")
    write_story(well, {"01.md": "Text without a scene, and longer."})
    [mistake, *_] = library.look_again() or []
    assert mistake.file == well / "01.md"
    assert library.get("well") is before
    assert library.look_again() is None
    write_story(well, {"01.md": SCENE.replace("One", "Mended again")})
    assert library.look_again() == []
    mended = library.get("well")
    assert mended
    assert mended.scenes[0].title == "Mended again"


def test_stories_and_folders_come_and_go(well: Path, tmp_path: Path) -> None:
    later = tmp_path / "later"
    library, _ = load_library([tmp_path, later])
    write_story(later, {"tower.md": f"+++\n{METADATA.format('Tower')}+++\n{SCENE}"})
    (well / "story.toml").unlink()
    assert library.look_again() == []
    assert [each.id for each in library] == ["room-241", "tower"]


def test_a_shelf_without_folders_does_not_change() -> None:
    library = Library([story("A")])
    assert not library.has_folders
    assert library.look_again() is None
    assert library.get("tale")


def test_what_servers_have_brought_in_stays_when_folders_change(well: Path) -> None:
    library, _ = load_library([well.parent])
    library.stock([("mine", 1, "Own")], lambda _id: to_json(story("A", story_id="mine")))
    write_story(well, {"02-two.md": SCENE.replace("One", "Two")})
    assert library.look_again() == []
    assert library.get("mine")


def test_a_file_that_is_deleted_meanwhile_does_not_matter(well: Path) -> None:
    (well / "02.md").symlink_to(well / "nowhere")
    (well.parent / "dangling.md").symlink_to(well / "nowhere")
    library, mistakes = load_library([well.parent])
    assert {mistake.file.name for mistake in mistakes} == {"02.md", "dangling.md"}
    assert library.look_again() is None
