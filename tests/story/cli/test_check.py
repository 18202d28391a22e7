from pathlib import Path

import pytest

from story.importing.read import READERS
from story.services.library import BOX
from tests.builders import story, write_story
from tests.story.cli.conftest import METADATA, Run, scene


def test_the_story_in_the_box_is_fine(run: Run) -> None:
    ran = run("check", BOX / "room-241")
    assert (ran.code, ran.out) == (
        0,
        f"{BOX / 'room-241'}: in “de”, 3 of 13 scenes are translated\n1 story checked: 0 errors, 0 warnings\n",
    )


def test_an_error_has_file_line_column_and_a_caret_under_the_place(run: Run, well: Path) -> None:
    (well / "02-deep.md").write_text("# Deep\n\n## Cat\n\nMew.\n", encoding="utf-8")
    ran = run("check", well)
    assert ran.code == 1
    head, source, caret, *_ = ran.out.splitlines()
    assert head == f"{well / '02-deep.md'}:3:1: error: unknown POV “Cat”; the story's POVs are Fox, Owl"
    assert source.split("| ")[1] == "## Cat"
    assert caret.index("^") == source.index("## Cat")


def test_a_warning_alone_is_no_failure(run: Run, well: Path) -> None:
    (well / "03-up.md").write_text(scene("Up", owl="Such a <b>long</b> way."), encoding="utf-8")
    ran = run("check", well)
    assert ran.code == 0
    head, source, caret, *_ = ran.out.splitlines()
    assert head.startswith(f"{well / '03-up.md'}:7:8: warning: HTML")
    assert caret.index("^") == source.index("<b>")


def test_a_date_that_goes_backwards_is_an_error_of_a_story_that_can_be_read(run: Run, well: Path) -> None:
    for name, date in (("03-up", "31 December"), ("04-home", "2 January"), ("05-bed", "1 January")):
        text = scene(name, owl=f"{name}.").replace("\n", f"\n\n> Date: {date}\n", 1)
        (well / f"{name}.md").write_text(text, encoding="utf-8")
    ran = run("check", well)
    assert ran.code == 1
    assert f"{well / '05-bed.md'}:1:1: error: the date of “05-bed” is before that of the scene before it" in ran.out
    assert ran.out.endswith("1 story checked: 1 error, 0 warnings\n")


def test_every_mistake_of_every_story_is_said(run: Run, well: Path, tmp_path: Path) -> None:
    (well / "01-down.md").write_text("Text.\n\n# Down\n", encoding="utf-8")
    broken = tmp_path / "broken.md"
    broken.write_text("+++\ntitle = 1\n+++\n", encoding="utf-8")
    ran = run("check", well, broken)
    assert ran.code == 1
    assert ran.out.count(": error: ") == 3
    assert ran.out.endswith("2 stories checked: 3 errors, 0 warnings\n")


def test_a_folder_of_stories_is_looked_over_story_by_story(run: Run, well: Path) -> None:
    write_story(well.parent / "other", {"story.toml": METADATA, "01.md": scene("A", fox="Yap.", owl="Hoo.")})
    assert run("check", well.parent).out == "2 stories checked: 0 errors, 0 warnings\n"


def test_a_folder_without_stories_is_one_line(run: Run, tmp_path: Path) -> None:
    ran = run("check", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"{tmp_path}: no story in this folder")


def test_a_caret_keeps_its_place_in_a_long_line_of_wide_letters_and_tabs(run: Run, well: Path) -> None:
    prose = "漢字\t" * 60 + "<i>here</i>" + " and on" * 40
    (well / "03-up.md").write_text(scene("Up", owl=prose), encoding="utf-8")
    _, source, caret, *_ = run("check", well).out.splitlines()
    assert "…" in source[:12]
    assert source.endswith("…")
    before = source[: source.index("<i>")]
    wide = sum(letter in "漢字" for letter in before)
    assert caret.index("^") == len(before) + wide


def test_a_caret_stands_right_at_the_end_of_a_long_line(run: Run, well: Path) -> None:
    (well / "03-up.md").write_text(scene("Up", owl="word " * 60 + "<hr>"), encoding="utf-8")
    _, source, caret, *_ = run("check", well).out.splitlines()
    assert caret.index("^") == source.index("<hr>")


def test_what_commands_a_terminal_is_not_passed_on_to_it(run: Run, well: Path) -> None:
    (well / "03-up.md").write_text("# Up\n\n## \x1b[31mCat\x1b[0m\n\nMew.\n", encoding="utf-8")
    ran = run("check", well)
    assert "\x1b" not in ran.out
    assert "�[31mCat" in ran.out


def test_a_story_with_branches_says_where_it_ends(run: Run, well: Path) -> None:
    (well / "01-down.md").write_text(scene("Down", ways="[On](#deep), [Out](#up)", fox="Yap."), encoding="utf-8")
    (well / "02-deep.md").write_text(scene("Deep", ways="the end", fox="Yap."), encoding="utf-8")
    ran = run("check", well)
    assert f"{well}: this story ends with “Deep”, “Up”\n" in ran.out
    assert ran.code == 0


def test_a_file_in_another_format_is_looked_over(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "night.txt"
    file.write_text(f"ANNA POV\n\nIt was dark.\n\n---\n\nBEN POV\n\n{'x' * 3100}\n", encoding="utf-8")
    ran = run("check", file)
    assert ran.code == 0
    assert f"{file}:1:1: warning: no section has a recap" in ran.out
    assert f"{file}:9:1: warning: long: Ben in “Part 2” has 3,100 characters" in ran.out


def test_a_format_that_says_all_of_a_story_needs_nothing_made_of_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(READERS, ".txt", lambda _data, _name, _limits: story("ABC"))
    (tmp_path / "tale.txt").write_text("A tale.\n", encoding="utf-8")
    assert run("check", tmp_path / "tale.txt").out == "1 story checked: 0 errors, 0 warnings\n"


def test_a_file_that_cannot_be_opened_is_one_line(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_file: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "night.txt").write_text("It was dark.\n", encoding="utf-8")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    ran = run("check", tmp_path / "night.txt")
    assert (ran.code, ran.err) == (2, f"{tmp_path / 'night.txt'}: cannot be read: Permission denied\n")


@pytest.mark.parametrize("content", [b"\xff\xfe\xfa", None])
def test_a_file_that_is_no_text_has_no_source_to_show(run: Run, well: Path, content: bytes | None) -> None:
    file = well / "04.md"
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    lines = run("check", well).out.splitlines()
    assert lines[0].startswith(f"{file}:1:1: error: ")
    assert " | " not in lines[1]
