from pathlib import Path

import pytest

from story.importing import Mistake
from story.importing.draft import Draft, Part
from story.importing.markdown import read_markdown
from story.importing.read import READERS
from story.services.library import BOX
from tests.story.cli.conftest import Run

MANUSCRIPT = "It was a dark night.\n\nAn owl said so.\n"


@pytest.fixture
def manuscript(tmp_path: Path) -> Path:
    file = tmp_path / "night.txt"
    file.write_text(MANUSCRIPT, encoding="utf-8")
    return file


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_manuscript_becomes_a_folder_that_can_be_read(run: Run, manuscript: Path, tmp_path: Path) -> None:
    ran = run("import", manuscript, "-o", tmp_path / "night")
    assert ran.code == 0
    story = read_markdown(tmp_path / "night")
    assert [section.text for section in story.sections()] == [MANUSCRIPT.strip()]
    assert f"{tmp_path / 'night'}: {story.title}, 1 scene, 1 POV, 9 words" in ran.out


def test_what_the_reader_remarks_on_is_said(
    run: Run, manuscript: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_data: bytes, name: str, _limits: object) -> Draft:
        remark = Mistake(Path(name), 3, "an owl that talks", 4)
        return Draft("Night", (), (Part("", MANUSCRIPT, 1),), warnings=(remark,))

    monkeypatch.setitem(READERS, ".txt", read)
    ran = run("import", manuscript, "-o", tmp_path / "night")
    assert ran.code == 0
    assert ran.err.startswith(f"{manuscript}:3:4: warning: an owl that talks\n     3 | An owl")


def test_a_folder_is_brought_in_as_it_is(run: Run, tmp_path: Path) -> None:
    assert run("import", BOX / "room-241", "-o", tmp_path / "room-241").code == 0
    assert read_markdown(tmp_path / "room-241") == read_markdown(BOX / "room-241")


def test_writing_it_again_gives_the_same_folder(run: Run, manuscript: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    run("import", manuscript, "-o", one)
    before = contents(one)
    assert run("import", manuscript, "-o", one).code == 0
    assert contents(one) == before
    run("import", one, "-o", two)
    assert contents(two) == before


def test_a_folder_with_other_files_in_it_is_left_alone(run: Run, manuscript: Path, tmp_path: Path) -> None:
    letters = tmp_path / "letters"
    letters.mkdir()
    (letters / "01-aunt.md").write_text("Dear aunt,", encoding="utf-8")
    ran = run("import", manuscript, "-o", letters)
    assert (ran.code, list(contents(letters))) == (2, ["01-aunt.md"])
    assert "has other files in it" in ran.err


def test_an_empty_folder_will_do(run: Run, manuscript: Path, tmp_path: Path) -> None:
    (tmp_path / "night").mkdir()
    assert run("import", manuscript, "-o", tmp_path / "night").code == 0


@pytest.mark.parametrize("target", ["night.txt", "well"])
def test_what_is_read_is_not_written_over(run: Run, manuscript: Path, well: Path, target: str) -> None:
    source = manuscript if target == "night.txt" else well
    ran = run("import", source, "-o", source.parent / target)
    assert ran.code == 2
    assert "expected another folder" in ran.err


def test_a_folder_that_cannot_be_written_is_one_line(run: Run, manuscript: Path) -> None:
    ran = run("import", manuscript, "-o", manuscript / "night")
    assert (ran.code, len(ran.err.splitlines())) == (1, 1)
    assert "cannot be written" in ran.err


def test_a_story_with_mistakes_is_not_written(run: Run, well: Path, tmp_path: Path) -> None:
    (well / "03-up.md").write_text("# Up", encoding="utf-8")
    ran = run("import", well, "-o", tmp_path / "new")
    assert (ran.code, (tmp_path / "new").exists()) == (1, False)
    assert "03-up.md:1:1: error" in ran.err


def test_a_file_of_an_unknown_kind_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tale.docx").write_bytes(b"PK\3\4")
    ran = run("import", tmp_path / "tale.docx", "-o", tmp_path / "new")
    assert (ran.code, len(ran.err.splitlines())) == (1, 1)
    assert "tale.docx:1:1: error" in ran.err


def test_a_game_of_twine_is_said_to_branch(run: Run, tmp_path: Path) -> None:
    game = tmp_path / "gate.twee"
    passages = {"Start": "It stood.\n[[In->Gate]]\n[[Out->Road]]", "Gate": "In.", "Road": "Out."}
    game.write_text("".join(f":: {name}\n{text}\n\n" for name, text in passages.items()), encoding="utf-8")
    ran = run("import", game, "-o", tmp_path / "gate")
    assert ran.code == 0
    assert "It branches: the votes are on the ways on." in ran.out


def test_markdown_in_an_old_encoding_is_no_story_of_ours(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "cafe.md"
    file.write_bytes("In the café nobody spoke.\n".encode("latin-1"))
    assert run("import", file, "-o", tmp_path / "cafe").code == 0
    [section] = read_markdown(tmp_path / "cafe").sections()
    assert section.text == "In the café nobody spoke."
