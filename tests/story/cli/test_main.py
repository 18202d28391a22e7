import runpy
import sys
from pathlib import Path

import pytest

from story.__main__ import COMMANDS, INTERRUPTED, main
from tests.story.cli.conftest import Run


def test_the_help_has_every_command_with_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert all(f"{name} {command.SUMMARY}" in said for name, command in COMMANDS.items())


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_has_examples_that_can_be_typed(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit, match="0"):
        main([name, "--help"])
    said = capsys.readouterr().out
    assert f"examples:\n  python -m story {name} " in said
    assert all(len(line) <= 120 for line in said.splitlines())


def test_without_a_command_the_usage_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([])
    assert capsys.readouterr().err.startswith("usage: python -m story")


@pytest.mark.parametrize("command", [["check"], ["play"], ["map"], ["stats"]])
def test_a_path_that_is_not_there_is_one_line(run: Run, tmp_path: Path, command: list[str]) -> None:
    ran = run(*command, tmp_path / "nowhere")
    assert (ran.code, ran.out, ran.err) == (2, "", f"{tmp_path / 'nowhere'}: no such file or folder\n")


@pytest.mark.parametrize("command", ["play", "map", "stats"])
def test_a_story_that_cannot_be_read_is_refused_with_the_place(run: Run, well: Path, command: str) -> None:
    (well / "01-down.md").write_text("# Down\n\n## Cat\n\nMew.\n", encoding="utf-8")
    ran = run(command, well)
    assert (ran.code, ran.out) == (1, "")
    assert f"{well / '01-down.md'}:3:1: error: unknown POV “Cat”" in ran.err


def test_ctrl_c_ends_a_command_without_ado(run: Run, well: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Impatient:
        def isatty(self) -> bool:
            return False

        def readline(self) -> str:
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", Impatient())
    assert run("play", well).code == INTERRUPTED


def test_it_runs_as_a_module(well: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "story.__main__")
    monkeypatch.setattr(sys, "argv", ["story", "check", str(well)])
    with pytest.raises(SystemExit, match="0"):
        runpy.run_module("story", run_name="__main__")
