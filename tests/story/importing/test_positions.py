from pathlib import Path

from story.importing.markdown import read_with_positions
from story.importing.positions import Positions, SceneSpots, Spot
from story.services.library import BOX
from tests.story.importing.test_markdown import METADATA, SCENE, folder


def test_a_folder_knows_where_its_povs_and_scenes_stand(tmp_path: Path) -> None:
    path = folder(tmp_path)
    _, positions = read_with_positions(path)
    assert positions.pov("owl") == Spot(path / "story.toml", METADATA.splitlines().index('name = "Owl"') + 1)
    assert positions.scene("down") == Spot(path / "01-down.md", 1)
    assert positions.section("down", "owl") == Spot(path / "01-down.md", SCENE.splitlines().index("## owl") + 1)


def test_a_text_begins_under_its_recap(tmp_path: Path) -> None:
    path = folder(tmp_path)
    _, positions = read_with_positions(path)
    assert positions.text("down", "fox") == Spot(path / "01-down.md", SCENE.splitlines().index("It was *deep*.") + 1)


def test_a_single_file_counts_its_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "well.md"
    path.write_text(f"+++\n{METADATA}+++\n\n{SCENE}\n{SCENE}", encoding="utf-8")
    lines = path.read_text(encoding="utf-8").split("\n")
    _, positions = read_with_positions(path)
    assert lines[positions.pov("fox").line - 1] == 'name = "The Fox"'
    second = positions.scene("down-the-well-2").line
    assert (lines[second - 1], second > positions.scene("down-the-well").line) == ("# Down the well", True)


def test_a_verbatim_text_begins_within_its_block(tmp_path: Path) -> None:
    path = folder(tmp_path, s01="# A\n\n## Owl\n\n> Recap: Hoo.\n\n~~~ verbatim\n# Hoo\n~~~\n")
    _, positions = read_with_positions(path)
    assert positions.text("a", "owl") == Spot(path / "01.md", 8)


def test_links_are_where_they_lead_to(tmp_path: Path) -> None:
    text = "# A\n\n> Next: [Go](#a),\n> [Stay](#a)\n\n## Owl\n\nHoo.\n"
    path = folder(tmp_path, s01_a=text)
    _, positions = read_with_positions(path)
    spot, column = positions.link("a", 1)
    assert (spot.line, text.splitlines()[spot.line - 1][column - 1 :]) == (4, "a)")


def test_every_text_of_the_story_in_the_box_is_found_line_for_line() -> None:
    story, positions = read_with_positions(BOX / "room-241")
    for scene in story.scenes:
        for section in scene.sections:
            spot = positions.text(scene.id, section.pov.id)
            assert spot is not None
            lines = spot.file.read_text(encoding="utf-8").split("\n")[spot.line - 1 :]
            assert "\n".join(lines).startswith(section.text)


def test_what_is_not_known_stands_at_the_beginning() -> None:
    nowhere = Positions(Spot(Path("tale.txt")))
    assert {nowhere.pov("a"), nowhere.scene("s"), nowhere.section("s", "a")} == {Spot(Path("tale.txt"), 1)}
    assert nowhere.text("s", "a") is None
    assert nowhere.link("s", 0) == (Spot(Path("tale.txt"), 1), 0)


def test_where_only_a_scene_is_known_that_must_do() -> None:
    here = Spot(Path("tale.txt"), 7)
    known = Positions(Spot(Path("tale.txt")), {}, {"s": SceneSpots(here)})
    assert (known.scene("s"), known.section("s", "a"), known.link("s", 0)) == (here, here, (here, 0))
    assert known.text("s", "a") is None
