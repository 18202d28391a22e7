import tempfile
from pathlib import Path

from hypothesis import given, settings

from story.importing.markdown import read_markdown, read_single_file
from story.importing.markdown_writer import write_folder, write_markdown
from story.model import Story
from tests.builders import story
from tests.story.importing.tales import stories


def read_back(story: Story) -> Story:
    return read_single_file(write_markdown(story).encode(), f"{story.id}.md")


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@given(stories())
@settings(max_examples=20, deadline=None)
def test_what_is_written_into_a_file_is_read_back_as_it_was(story: Story) -> None:
    assert read_back(story) == story


@given(stories(), stories())
@settings(max_examples=8, deadline=None)
def test_what_is_written_into_a_folder_is_read_back_as_it_was(earlier: Story, story: Story) -> None:
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory) / story.id
        write_folder(earlier, folder)
        write_folder(story, folder)
        written = contents(folder)
        assert read_markdown(folder) == story
        write_folder(read_markdown(folder), folder)
        assert contents(folder) == written


def test_a_plain_story_is_written_without_any_trimmings() -> None:
    assert (
        write_markdown(story("A")).split("+++\n")[2]
        == "\n# Scene 1\n\n## Anna\n\n> Recap: Anna recaps 1\n\nAnna tells scene 1.\n"
    )


def test_files_that_are_no_scenes_are_left_alone(tmp_path: Path) -> None:
    for name in ("NOTES.md", "01-old.md", "map.png"):
        (tmp_path / name).write_text("A", encoding="utf-8")
    write_folder(story("A"), tmp_path)
    assert set(contents(tmp_path)) == {"NOTES.md", "map.png", "story.toml", "01-scene-1.md"}
