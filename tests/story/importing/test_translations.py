"""Translations: folders beside a story's scenes, checked against them."""

from pathlib import Path

import pytest

from story.authoring.lint import proofread
from story.importing import BrokenStoryError
from story.importing.markdown import read_markdown, read_with_positions
from story.importing.markdown_writer import write_folder
from story.model import Story
from story.rules.links import Ways
from story.services.library import Folders
from tests.builders import write_story

METADATA = """
title = "The Well"
authors = ["A Writer"]
credits = "With thanks."
language = "en"
content_notes = ["Deep water"]
blurb = "Two animals, one bucket."
[povs.fox]
name = "Fox"
colour = "#d55e00"
blurb = "Sly."
[povs.owl]
name = "Owl"
colour = "#3a86d1"
"""
SCENES = {
    "01-the-well.md": "# The well\n\n> Next: [Look down](#the-moon), [Go home](#home)\n"
    "\n## Fox\n\n> Recap: A well.\n\nA well.\n\n## Owl\n\nA hole.\n",
    "02-the-moon.md": "# The moon\n\n> Next: the end\n\n## Fox\n\nCheese.\n",
    "03-home.md": "# Home\n\n## Owl\n\nHome.\n",
}
GERMAN = """
title = "Der Brunnen"
credits = "Mit Dank."
content_notes = ["Tiefes Wasser"]
blurb = "Zwei Tiere, ein Eimer."
[povs.fox]
name = "Fuchs"
blurb = "Schlau."
"""
BRUNNEN = (
    "# Am Brunnen\n\n> Next: [Hinunter](#the-moon), [Heim](#home)\n"
    "\n## Fuchs\n\n> Recap: Ein Brunnen.\n\nEin Brunnen.\n\n## Owl\n\nEin Loch.\n"
)


def well(folder: Path, **german: str) -> Path:
    """The story with these files of a translation, each named by what stands for its name: `well_` for the well's."""
    names = {
        "toml": "story.toml",
        "well": "01-the-well.md",
        "moon": "02-the-moon.md",
        "home": "03-home.md",
        "cave": "04-cave.md",
    }
    path = write_story(folder / "well", {"story.toml": METADATA, **SCENES})
    if german:
        write_story(path / "de", {names[name]: text for name, text in german.items()})
    return path


def translated(path: Path) -> Story:
    [found] = read_markdown(path).translations
    return found


def wrong(path: Path) -> list[str]:
    with pytest.raises(BrokenStoryError) as broken:
        read_markdown(path)
    return [f"{each.file.relative_to(path)}:{each.line} {each.what}" for each in broken.value.mistakes]


def left(path: Path) -> list[str]:
    story, positions = read_with_positions(path)
    return [each.what for each in proofread(Ways(story), positions) if "de" in each.file.parts]


def test_a_translation_says_all_that_it_has_in_its_own_language(tmp_path: Path) -> None:
    german = translated(well(tmp_path, toml=GERMAN, well=BRUNNEN))
    assert (german.id, german.language, german.title, german.blurb) == (
        "well",
        "de",
        "Der Brunnen",
        "Zwei Tiere, ein Eimer.",
    )
    assert (german.credits, german.content_notes) == ("Mit Dank.", ("Tiefes Wasser",))
    assert [(pov.id, pov.name, pov.blurb, pov.colour) for pov in german.povs] == [
        ("fox", "Fuchs", "Schlau.", 0xD55E00),
        ("owl", "Owl", "", 0x3A86D1),
    ]
    [scene] = german.scenes
    assert (scene.id, scene.title) == ("the-well", "Am Brunnen")
    assert [(section.pov.name, section.text, section.recap) for section in scene.sections] == [
        ("Fuchs", "Ein Brunnen.", "Ein Brunnen."),
        ("Owl", "Ein Loch.", ""),
    ]
    assert [(link.label, link.scene) for link in scene.links or ()] == [("Hinunter", "the-moon"), ("Heim", "home")]


def test_a_translation_of_the_scenes_alone_goes_by_the_storys_names(tmp_path: Path) -> None:
    german = translated(well(tmp_path, moon="# Der Mond\n\n> Next: the end\n\n## Fox\n\nKäse.\n"))
    assert (german.title, german.povs[0].name, german.rating) == ("The Well", "Fox", "")


def test_a_scene_is_known_by_its_files_name_though_its_title_is_translated(tmp_path: Path) -> None:
    path = write_story(tmp_path / "well", {"story.toml": METADATA, "01.md": "# Moon\n\n## Fox\n\nCheese.\n"})
    write_story(path / "de", {"01.md": "# Mond\n\n## Fox\n\nKäse.\n"})
    assert [(scene.id, scene.title) for scene in translated(path).scenes] == [("moon", "Mond")]


def test_of_two_scenes_that_are_called_alike_the_one_is_translated_whose_file_it_is(tmp_path: Path) -> None:
    night = "# Night\n\n## Fox\n\nDark.\n"
    path = write_story(tmp_path / "well", {"story.toml": METADATA, "01-night.md": night, "02-night.md": night})
    write_story(path / "de", {"02-night.md": "# Nacht\n\n## Fox\n\nDunkel.\n"})
    assert [scene.id for scene in translated(path).scenes] == ["night-2"]


def test_a_scene_goes_by_the_id_that_its_file_has_in_the_story(tmp_path: Path) -> None:
    path = write_story(tmp_path / "well", {"story.toml": METADATA, "01.md": "# Moon {#luna}\n\n## Fox\n\nCheese.\n"})
    write_story(path / "de", {"01.md": "# Mond\n\n## Fox\n\nKäse.\n"})
    assert [scene.id for scene in translated(path).scenes] == ["luna"]


def test_a_section_knows_the_translations_that_have_it(tmp_path: Path) -> None:
    story = read_markdown(well(tmp_path, well=BRUNNEN.replace("Fuchs", "Fox").partition("\n\n## Owl")[0]))
    assert [each.language for each in story.translated("the-well", "fox")] == ["de"]
    assert story.translated("the-well", "owl") == story.translated("home", "owl") == ()


def test_a_folder_that_is_named_for_no_language_or_holds_no_scene_is_none(tmp_path: Path) -> None:
    path = well(tmp_path)
    for name in ("art", "old", "DE", "drafts", "x"):
        write_story(path / name, {"01-the-well.md": "nothing"})
    write_story(path / "fr", {"NOTES.md": "À faire", "map.png": ""})
    assert read_markdown(path).translations == ()


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"cave": "# Höhle\n\n## Fox\n\nTief.\n"}, "de/04-cave.md:1 the story has no scene with the id cave"),
        (
            {"moon": "# Mond\n\n> Next: the end\n\n## Owl\n\nRund.\n"},
            "de/02-the-moon.md:5 Owl does not tell this scene in the story",
        ),
        ({"moon": "# Mond\n\n> Next: the end\n\n## Bär\n\nHonig.\n"}, "de/02-the-moon.md:5 unknown POV “Bär”"),
        (
            {"moon": "# Mond\n\n## Fox\n\nRund.\n"},
            "de/02-the-moon.md:1 leads elsewhere than in the story: expected `> Next: the end`",
        ),
        (
            {"well": "# Brunnen\n\n> Next: [Heim](#home), [Hinab](#the-moon)\n\n## Fox\n\nRund.\n"},
            "de/01-the-well.md:1 leads elsewhere than in the story: expected `> Next: […](#the-moon), […](#home)`",
        ),
        (
            {"moon": "# Mond\n\n> Date: 3 May\n> Next: the end\n\n## Fox\n\nRund.\n"},
            "de/02-the-moon.md:1 another date than in the story",
        ),
        (
            {"moon": "# Mond {#the-well}\n\n## Fox\n\nRund.\n"},
            "de/02-the-moon.md:1 leads elsewhere than in the story: expected `> Next: […](#the-moon), […](#home)`",
        ),
        (
            {"home": "# Heim\n\n> Next: [Weg](#the-moon)\n\n## Owl\n\nHeim.\n"},
            "de/03-home.md:1 leads elsewhere than in the story: expected no `> Next:`",
        ),
        ({"toml": 'title = ""\n'}, "de/story.toml:1 title: expected a line of 1 to 100 characters"),
        (
            {"toml": '[povs.bear]\nname = "Bär"\n', "well": BRUNNEN.replace("Fuchs", "Fox")},
            "de/story.toml:2 the story has no POV with the id bear",
        ),
        (
            {"toml": '[povs.fox]\nname = "Owl"\n', "well": BRUNNEN.replace("Fuchs", "Fox")},
            "de/story.toml:1 a second POV that goes by owl",
        ),
    ],
)
def test_what_is_not_as_in_the_story_is_a_mistake_where_it_stands(
    tmp_path: Path, files: dict[str, str], said: str
) -> None:
    assert any(each.startswith(said) for each in wrong(well(tmp_path, **files))), wrong(well(tmp_path, **files))


def test_one_scene_in_two_files_is_a_mistake(tmp_path: Path) -> None:
    path = well(tmp_path, moon="# Mond\n\n> Next: the end\n\n## Fox\n\nRund.\n")
    write_story(path / "de", {"09-the-moon.md": "# Mond\n\n> Next: the end\n\n## Fox\n\nRund.\n"})
    assert wrong(path) == ["de/09-the-moon.md:1 a second scene with the id the-moon"]


def test_a_folder_for_the_language_of_the_story_itself_is_a_mistake(tmp_path: Path) -> None:
    path = well(tmp_path)
    write_story(path / "en", {"story.toml": ""})
    assert wrong(path) == ["en:1 the story itself is in this language: story.toml says language = “en”"]


def test_every_mistake_of_every_translation_is_said_at_once(tmp_path: Path) -> None:
    path = well(tmp_path, cave="# Höhle\n\n## Fox\n\nTief.\n", toml="titel = 1\n")
    write_story(path / "fr", {"02-the-moon.md": "# Lune\n\n## Fox\n\nRonde.\n"})
    assert len(wrong(path)) == 3


def test_what_is_left_out_in_between_is_worth_a_look(tmp_path: Path) -> None:
    well_ = "# Brunnen\n\n> Next: [Hinab](#the-moon), [Heim](#home)\n\n## Fox\n\nTief.\n"
    assert left(well(tmp_path, well=well_, home="# Heim\n\n## Owl\n\nHeim.\n")) == [
        "de: 1 of 3 scenes are not translated, first “The moon”",
        "de: Owl is not translated in “Brunnen”",
        "no recap: Fox in “Brunnen”, which has one in the story",
    ]


def test_a_translation_that_is_not_finished_yet_leaves_nothing_to_say(tmp_path: Path) -> None:
    assert left(well(tmp_path, toml=GERMAN, well=BRUNNEN)) == []


def test_the_text_and_the_labels_of_a_translation_are_looked_over_as_the_storys_are(tmp_path: Path) -> None:
    label = "Hinunter " * 11
    found = left(
        well(tmp_path, toml=GERMAN, well=BRUNNEN.replace("Hinunter", label).replace("Ein Loch.", "Eins. " * 600))
    )
    assert any(each.startswith("long: Owl in “Am Brunnen” has") for each in found)
    assert any("button shows the first 80" in each for each in found)


def test_translations_are_written_and_read_back_as_they_were(tmp_path: Path) -> None:
    story = read_markdown(well(tmp_path, toml=GERMAN, well=BRUNNEN))
    write_folder(story, tmp_path / "copy" / "well")
    assert read_markdown(tmp_path / "copy" / "well") == story


def test_a_translation_that_is_gone_from_the_story_is_gone_from_the_folder(tmp_path: Path) -> None:
    path = well(tmp_path / "from", well=BRUNNEN.replace("Fuchs", "Fox"))
    write_folder(read_markdown(path), tmp_path / "well")
    write_folder(read_markdown(well(tmp_path / "other")), tmp_path / "well")
    assert not list((tmp_path / "well" / "de").glob("*.md"))


def test_an_edit_of_a_translation_is_seen(tmp_path: Path) -> None:
    path = well(tmp_path, toml=GERMAN, well=BRUNNEN)
    folders = Folders([tmp_path])
    assert folders.look() == []
    assert folders.look() is None
    write_story(path / "de", {"story.toml": GERMAN.replace("Der Brunnen", "Der tiefe Brunnen")})
    assert folders.look() == []
    assert [each.translations[0].title for each in folders.stories() if each.id == "well"] == ["Der tiefe Brunnen"]
