from pathlib import Path

import pytest

from story.importing import BrokenStoryError
from story.importing.ids import slug
from story.importing.limits import LONGEST_SCENE_ID, MOST_CHOICES, Limits
from story.importing.markdown import read_markdown, read_single_file
from story.importing.markdown_writer import write_markdown
from story.model import Link, Section, Story
from tests.builders import story, write_story

METADATA = """\
title = "The Well"
authors = ["Ada", "Ben"]
rating = "Teen"
content_notes = ["water"]

[povs.fox]
name = "The Fox"
colour = "#aa5500"
blurb = "sly"

[povs.owl]
name = "Owl"
colour = "#0055aa"
"""
SCENE = """\
# Down the well

## The Fox

> Recap: The fox falls in,
> and laughs.

It was *deep*.

It was cold.

## owl

I said so.
"""


def folder(tmp_path: Path, metadata: str = METADATA, **scenes: str) -> Path:
    files = {f"{name.replace('_', '-').removeprefix('s')}.md": text for name, text in scenes.items()}
    return write_story(tmp_path / "The Well", {"story.toml": metadata, **(files or {"01-down.md": SCENE})})


def mistakes(path: Path) -> list[str]:
    """The mistakes in a story, each as "file:line: what"."""
    with pytest.raises(BrokenStoryError) as broken:
        read_markdown(path)
    assert str(broken.value) == "\n".join(str(mistake) for mistake in broken.value.mistakes)
    return [f"{mistake.file.name}:{mistake.line}: {mistake.what}" for mistake in broken.value.mistakes]


def test_a_folder_is_read_with_its_metadata(tmp_path: Path) -> None:
    story = read_markdown(folder(tmp_path))
    assert (story.id, story.title, story.authors) == ("the-well", "The Well", ("Ada", "Ben"))
    assert (story.rating, story.content_notes, story.language) == ("Teen", ("water",), "en")
    assert [(pov.id, pov.name, pov.colour, pov.blurb) for pov in story.povs] == [
        ("fox", "The Fox", 0xAA5500, "sly"),
        ("owl", "Owl", 0x0055AA, ""),
    ]


def test_sections_have_their_text_and_their_recap_apart(tmp_path: Path) -> None:
    [scene] = read_markdown(folder(tmp_path)).scenes
    fox, owl = scene.sections
    assert (fox.text, fox.recap) == ("It was *deep*.\n\nIt was cold.", "The fox falls in, and laughs.")
    assert (owl.text, owl.recap) == ("I said so.", "")


def test_scenes_come_in_the_order_of_their_files_and_go_by_their_names(tmp_path: Path) -> None:
    one, two = SCENE, SCENE.replace("Down the well", "Up again")
    scenes = read_markdown(folder(tmp_path, s02_up_again=two, s01_down=one)).scenes
    assert [(scene.id, scene.title) for scene in scenes] == [("down", "Down the well"), ("up-again", "Up again")]


def test_a_scene_keeps_its_id_when_the_files_are_numbered_anew(tmp_path: Path) -> None:
    [scene] = read_markdown(folder(tmp_path, s17_down=SCENE)).scenes
    assert scene.id == "down"


def test_files_named_in_capitals_are_the_authors_own(tmp_path: Path) -> None:
    path = folder(tmp_path)
    (path / "NOTES.md").write_text("Anything at all.", encoding="utf-8")
    assert len(read_markdown(path).scenes) == 1


def test_povs_stand_in_the_order_of_the_story_in_every_scene(tmp_path: Path) -> None:
    [scene] = read_markdown(folder(tmp_path, s01="# A\n\n## Owl\n\nHoo.\n\n## The Fox\n\nYap.")).scenes
    assert [pov.id for pov in scene.povs] == ["fox", "owl"]


def test_a_heading_in_a_block_of_code_is_not_one(tmp_path: Path) -> None:
    text = "# A\n\n## Owl\n\n```\n# not a scene\n## not a POV\n```\n\n> # nor this\n\nHoo."
    [scene] = read_markdown(folder(tmp_path, s01=text)).scenes
    assert "# not a scene" in scene.sections[0].text


def test_a_line_of_dashes_under_a_paragraph_makes_it_no_heading(tmp_path: Path) -> None:
    [scene] = read_markdown(folder(tmp_path, s01="# A\n\n## Owl\n\nHoo.\n---\nHoo.")).scenes
    assert scene.sections[0].text == "Hoo.\n---\nHoo."


def test_smaller_headings_belong_to_the_text(tmp_path: Path) -> None:
    [scene] = read_markdown(folder(tmp_path, s01="# A\n\n## Owl\n\n### Later\n\nHoo.")).scenes
    assert scene.sections[0].text == "### Later\n\nHoo."


def test_a_quotation_that_is_no_recap_belongs_to_the_text(tmp_path: Path) -> None:
    [scene] = read_markdown(folder(tmp_path, s01="# A\n\n## Owl\n\n> Hoo.")).scenes
    assert (scene.sections[0].text, scene.sections[0].recap) == ("> Hoo.", "")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = folder(tmp_path)
    (path / "01-down.md").write_bytes(b"\xef\xbb\xbf" + SCENE.replace("\n", "\r\n").encode())
    assert read_markdown(path).scenes[0].sections[0].text == "It was *deep*.\n\nIt was cold."


def test_a_single_file_has_its_metadata_in_front(tmp_path: Path) -> None:
    path = tmp_path / "well.md"
    second = SCENE.replace("# Down the well", "# Down the well", 1)
    path.write_text(f"+++\n{METADATA}+++\n\n{SCENE}\n{second}", encoding="utf-8")
    story = read_markdown(path)
    assert story.id == "well"
    assert [scene.id for scene in story.scenes] == ["down-the-well", "down-the-well-2"]


def test_a_single_file_without_metadata_is_told_what_is_expected(tmp_path: Path) -> None:
    path = tmp_path / "well.md"
    path.write_text(SCENE, encoding="utf-8")
    assert mistakes(path) == ["well.md:1: expected TOML front matter between two lines of +++"]


def test_lines_in_a_single_file_are_counted_from_its_top(tmp_path: Path) -> None:
    path = tmp_path / "well.md"
    path.write_text(f"+++\n{METADATA}+++\n\n# A\n\n## Cat\n\nMew.", encoding="utf-8")
    line = METADATA.count("\n") + 6
    assert mistakes(path) == [f"well.md:{line}: unknown POV “Cat”; the story's POVs are The Fox, Owl"]


def test_an_empty_front_matter_is_told_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "well.md"
    path.write_text("+++\n+++\n# A", encoding="utf-8")
    assert len(mistakes(path)) == 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1: empty: expected a line `# Scene title`"),
        ("Hoo.", "1: text before the first `# Scene title`"),
        ("\n## Owl\n\nHoo.", "2: `## Owl` before the first `# Scene title`"),
        ("# A", "1: nobody tells the scene “A”: expected `## POV name`"),
        ("# A\n\nHoo.\n\n## Owl\n\nHoo.", "3: text between the scene's title and the first `## POV name`"),
        ("# A\n\n## Cat\n\nMew.", "3: unknown POV “Cat”; the story's POVs are The Fox, Owl"),
        ("# A\n\n## Owl\n\nHoo.\n\n## owl\n\nHoo.", "7: Owl tells this scene twice"),
        ("# A\n\n## Owl\n\n> Recap: Hoo.", "3: Owl has nothing to tell here: expected text under the heading"),
        (f"# {'A' * 201}\n\n## Owl\n\nHoo.", "1: a scene's title has 1 to 200 characters"),
        ("#\n\n## Owl\n\nHoo.", "1: a scene's title has 1 to 200 characters"),
        ("# A\n\n## Owl\n\nHoo.\n\n# B\n\n## Owl\n\nHoo.", "1: 2 scenes in one file: expected one `# Scene title`"),
    ],
)
def test_a_mistake_is_reported_at_its_line(tmp_path: Path, text: str, expected: str) -> None:
    assert f"01.md:{expected}" in mistakes(folder(tmp_path, s01=text))


def test_every_mistake_is_reported_at_once(tmp_path: Path) -> None:
    path = folder(tmp_path, METADATA.replace("#aa5500", "red"), s01="Hoo.", s02="# B")
    assert [mistake.split(": ")[0] for mistake in mistakes(path)] == ["01.md:1", "01.md:1", "02.md:1", "story.toml:8"]


def test_more_povs_than_have_room_for_their_buttons_are_a_mistake(tmp_path: Path) -> None:
    povs = "".join(f'[povs.p{n}]\nname = "P{n}"\ncolour = "#000000"\n' for n in range(MOST_CHOICES + 1))
    text = "# A\n\n" + "".join(f"## P{n}\n\nHoo.\n\n" for n in range(MOST_CHOICES + 1))
    path = folder(tmp_path, f'title = "T"\nauthors = ["A"]\n{povs}', s01=text)
    assert mistakes(path) == [f"01.md:{3 + 4 * MOST_CHOICES}: more than 20 POVs tell this scene"]


def test_a_folder_without_scenes_is_a_mistake(tmp_path: Path) -> None:
    path = write_story(tmp_path / "well", {"story.toml": METADATA})
    assert mistakes(path) == ["well:1: no scenes: expected a Markdown file a scene beside story.toml"]


def test_a_file_that_is_not_utf_8_is_a_mistake(tmp_path: Path) -> None:
    path = folder(tmp_path)
    (path / "01-down.md").write_bytes(b"# A\n\n## Owl\n\nH\xf6\xf6.")
    assert mistakes(path)[0] == "01-down.md:1: not UTF-8 text (byte 14)"


def test_a_file_that_cannot_be_read_is_a_mistake(tmp_path: Path) -> None:
    path = folder(tmp_path)
    (path / "02-up.md").mkdir()
    assert mistakes(path)[0] == "02-up.md:1: cannot be read: Is a directory"


def test_a_missing_metadata_file_is_a_mistake(tmp_path: Path) -> None:
    path = write_story(tmp_path / "well", {"01.md": SCENE})
    assert mistakes(path)[0] == "story.toml:1: cannot be read: No such file or directory"


def test_an_id_is_made_of_letters_and_digits_of_any_script() -> None:
    assert [slug(title) for title in ("The Well!", "Глава 1", "…")] == ["the-well", "глава-1", "untitled"]
    assert len(slug("word " * 40)) <= LONGEST_SCENE_ID


def test_ids_that_are_cut_short_stay_apart(tmp_path: Path) -> None:
    path = tmp_path / "well.md"
    scenes = "".join(f"# {'long ' * 20}{n}\n\n## Owl\n\nHoo.\n\n" for n in range(3))
    path.write_text(f"+++\n{METADATA}+++\n{scenes}", encoding="utf-8")
    ids = [scene.id for scene in read_markdown(path).scenes]
    assert len(set(ids)) == 3
    assert all(len(each) <= LONGEST_SCENE_ID for each in ids)


@pytest.mark.parametrize("odd", ["\u2028", "\u0085", "\x0b", "\x0c"])
def test_a_character_that_only_some_take_for_a_line_end_is_kept(tmp_path: Path, odd: str) -> None:
    text = f"# A\n\n## Owl\n\nHoo.{odd}Hoo.\n\n## The Fox\n\nYap."
    [scene] = read_markdown(folder(tmp_path, s01=text)).scenes
    assert [section.text for section in scene.sections] == ["Yap.", f"Hoo.{odd}Hoo."]


def test_text_right_under_a_recap_is_no_part_of_it(tmp_path: Path) -> None:
    text = "# A\n\n## Owl\n\n> Recap: Hoo is said.\nHoo."
    [scene] = read_markdown(folder(tmp_path, s01=text)).scenes
    assert (scene.sections[0].recap, scene.sections[0].text) == ("Hoo is said.", "Hoo.")


def single(text: str) -> Story:
    return read_single_file(f"+++\n{METADATA}+++\n{text}".encode(), "well.md")


def single_mistakes(text: str) -> list[str]:
    with pytest.raises(BrokenStoryError) as broken:
        single(text)
    return [str(mistake) for mistake in broken.value.mistakes]


OWL = "\n\n## Owl\n\nHoo.\n\n"
TOP = METADATA.count("\n") + 2


def test_a_scene_has_the_ways_on_that_stand_under_its_title() -> None:
    ways = "> Next: [Open \\[the\\] door\\\\](#b), [Go home](#c-d),\n> [Wait](#a)"
    first, second, third = single(f"# A\n\n{ways}{OWL}# B\n> Next: The end{OWL}# C d{OWL}").scenes
    assert first.links == (Link("Open [the] door\\", "b"), Link("Go home", "c-d"), Link("Wait", "a"))
    assert (second.links, third.links) == ((), None)


@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        ("> Next: [Up](#b)", "1:15: no scene has the id “b”, which “Up” leads to"),
        ("> Next:\n> [Up](#a)\n> [Up](#b)", "3:9: no scene has the id “b”, which “Up” leads to"),
        ("> Next: home", "1: expected `> Next: [label](#scene-id), [label](#scene-id)` or `> Next: the end`"),
        ("> Next: [](#a)", "1: a label has 1 to 200 characters"),
        ("> Next: " + "[Up](#a)" * 21, "1: more than 20 ways on from this scene"),
        ("> Next: the end\nHoo.", "2: text between the scene's title and the first `## POV name`"),
        ("> Hoo.", "1: text between the scene's title and the first `## POV name`"),
    ],
)
def test_ways_on_that_cannot_be_followed_are_a_mistake(ways: str, expected: str) -> None:
    line, what = expected.split(":", 1)
    assert single_mistakes(f"# A\n{ways}{OWL}") == [f"well.md:{TOP + 1 + int(line)}:{what}"]


def test_a_scene_can_be_given_an_id_behind_its_title(tmp_path: Path) -> None:
    scenes = single(f"# A {{#b}}{OWL}# B{OWL}# B{{#Ö_1}}{OWL}").scenes
    assert [(scene.id, scene.title) for scene in scenes] == [("b", "A"), ("b-2", "B"), ("Ö_1", "B")]
    [scene] = read_markdown(folder(tmp_path, s01_down=f"# A {{#b}}{OWL}")).scenes
    assert scene.id == "b"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"# A {{#a.b}}{OWL}", "1: a scene's id has 1 to 40 letters, digits and hyphens"),
        (f"# {{#a}}{OWL}", "1: a scene's title has 1 to 200 characters"),
        (f"# A {{#a}}{OWL}# B {{#a}}{OWL}", "7: a second scene with the id a"),
    ],
)
def test_an_id_that_cannot_be_is_a_mistake(text: str, expected: str) -> None:
    line, what = expected.split(":", 1)
    assert single_mistakes(text) == [f"well.md:{TOP + int(line)}:{what}"]


def test_what_stands_in_a_verbatim_block_is_taken_as_it_is() -> None:
    [scene] = single("# A\n\n## Owl\n\n> Recap: R\n\n~~~~ verbatim\n\n# B\n~~~\n> Recap: no \n~~~~\n").scenes
    assert scene.sections[0] == Section(scene.povs[0], "\n# B\n~~~\n> Recap: no ", "R")


@pytest.mark.parametrize("text", ["~~~ verbatim\nA", "~~~\nA\n~~~", "~~~ verbatim\nA\n~~~\n\nB"])
def test_another_block_of_code_is_prose(text: str) -> None:
    [scene] = single(f"# A\n\n## Owl\n\n{text}\n").scenes
    assert scene.sections[0].text == text


def test_a_file_whose_number_is_followed_by_capitals_is_a_scene(tmp_path: Path) -> None:
    [scene] = read_markdown(folder(tmp_path, s01_DOWN=f"# A{OWL}")).scenes
    assert scene.id == "down"


def test_a_nul_is_a_mistake(tmp_path: Path) -> None:
    assert mistakes(folder(tmp_path, s01="# A\n\n\0"))[0] == "01.md:3: not text: it has a NUL character"


def test_a_quotation_in_a_block_of_code_is_no_recap() -> None:
    [scene] = single("# A\n\n## Owl\n\n    > Recap: A\n").scenes
    assert (scene.sections[0].text, scene.sections[0].recap) == ("    > Recap: A", "")


def test_more_sections_than_a_story_may_have_are_refused() -> None:
    text = '+++\ntitle = "T"\nauthors = ["A"]\n[povs.a]\nname = "Anna"\ncolour = "#112233"\n+++\n'
    text += "".join(f"\n# S{n}\n\n## Anna\n\nWords.\n" for n in range(3))
    with pytest.raises(BrokenStoryError, match=r"a\.md:1: 3 sections; at most 2"):
        read_single_file(text.encode(), "a.md", Limits(sections=2))


def test_more_lines_than_are_read_are_refused() -> None:
    with pytest.raises(BrokenStoryError, match=r"a\.md:1: 3 lines; at most 2"):
        read_single_file(b"\n\n\n", "a.md", Limits(lines=2))


def test_a_section_that_is_longer_than_may_be_posted_in_one_go_is_refused() -> None:
    text = write_markdown(story("A", text="word " * 40_000))
    with pytest.raises(BrokenStoryError, match="a section of 200,000 characters; at most 150,000"):
        read_single_file(text.encode(), "tale.md")
