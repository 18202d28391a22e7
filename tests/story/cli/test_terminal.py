import os
import pty
import re
import select
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from io import StringIO
from pathlib import Path
from threading import Thread

import pytest
from rich.console import Console

from story.__main__ import main
from story.cli import terminal
from story.cli.terminal import Terminal, count, plain
from tests.builders import write_story
from tests.story.cli.conftest import METADATA, scene

PROMPT = "q ends."


class Sitter(Thread):
    """Somebody at a terminal, who presses a key whenever one is waited for; after the last one, nothing is left."""

    def __init__(self, master: int, keys: list[str]) -> None:
        super().__init__(daemon=True)
        self.seen = ""
        self._master, self._keys = master, keys

    def run(self) -> None:
        answered = 0
        while True:
            ready, _, _ = select.select([self._master], [], [], 0.005)
            if ready:
                try:
                    read = os.read(self._master, 65536)
                except OSError:  # the other end was closed
                    return
                self.seen += read.decode()
            # What is typed before the terminal gives keys one by one would be thrown away.
            waits = not termios.tcgetattr(self._master)[3] & termios.ICANON
            if waits and self._keys and self.seen.count(PROMPT) > answered:
                answered += 1
                os.write(self._master, self._keys.pop(0).encode())


Sit = Callable[..., AbstractContextManager[Sitter]]


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> Sit:
    @contextmanager
    def sit(*keys: str) -> Iterator[Sitter]:
        master, slave = pty.openpty()
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.setenv("COLUMNS", "100")
        monkeypatch.delenv("NO_COLOR", raising=False)
        sitter = Sitter(master, list(keys))
        sitter.start()
        with os.fdopen(slave, "r", closefd=False) as reads, os.fdopen(slave, "w", closefd=False) as writes:
            for name, stream in (("stdin", reads), ("stdout", writes), ("stderr", writes)):
                monkeypatch.setattr(sys, name, stream)
            try:
                yield sitter
            finally:
                os.close(slave)
                sitter.join()
                os.close(master)

    return sit


def test_at_a_terminal_a_single_key_chooses(well: Path, at_terminal: Sit) -> None:
    with at_terminal("2", "1", "\n") as sitter:
        assert main(["play", str(well)]) == 0
    shown = re.sub(r"\x1b\[[0-9;]*m", "", sitter.seen)
    assert "Down · Owl ─" in shown
    assert "Deep · Fox ─" in shown
    assert "The end." in shown


def test_at_a_terminal_a_section_is_framed_in_its_povs_colour(well: Path, at_terminal: Sit) -> None:
    with at_terminal("q") as sitter:
        main(["stats", str(well)])
        main(["play", str(well)])
    assert "─" in sitter.seen
    assert re.search(r"\x1b\[[0-9;]+m● ", sitter.seen)


def test_the_end_of_the_input_at_a_terminal_ends_it(well: Path, at_terminal: Sit) -> None:
    with at_terminal("\x04") as sitter:
        assert main(["play", str(well)]) == 0
    assert "Until next time." in sitter.seen


def test_more_choices_than_keys_are_made_with_a_line(tmp_path: Path, at_terminal: Sit) -> None:
    povs = "".join(f'[povs.p{n}]\nname = "P{n}"\ncolour = "#000000"\n' for n in range(10))
    metadata = METADATA.split("[povs")[0] + povs
    text = scene("A", **{f"p{n}": f"Told by {n}." for n in range(10)})
    path = write_story(tmp_path / "many", {"story.toml": metadata, "01.md": text})
    with at_terminal() as sitter:
        os.write(sitter._master, b"10\n")
        assert main(["play", str(path)]) == 0
    assert "Told by 9." in sitter.seen


# ---- progress


def looked_at() -> Terminal:
    console = Console(file=StringIO(), force_terminal=True, width=80, color_system=None)
    return Terminal(Console(file=StringIO()), console)


def written(of: Console) -> str:
    assert isinstance(of.file, StringIO)
    return of.file.getvalue()


def test_what_takes_long_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "PATIENCE", 0.0)
    here = looked_at()
    assert list(here.watched("abc", "Counting [b]letters[/b]")) == ["a", "b", "c"]
    assert "Counting [b]letters[/b]" in written(here.err)


def test_what_is_done_at_once_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "PATIENCE", 3600.0)
    here = looked_at()
    list(here.watched("abc", "Counting"))
    assert written(here.err) == ""


def test_where_nobody_looks_there_is_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "PATIENCE", 0.0)
    nobody = Terminal(Console(file=StringIO()), Console(file=StringIO()))
    list(nobody.watched("abc", "Counting"))
    assert written(nobody.err) == ""


# ---- words


def test_a_text_loses_what_commands_a_terminal_and_keeps_what_spells_words() -> None:
    assert plain("a\x1b[2Jb\x07\x9b\u202e\u2028c") == "a�[2Jb����c"
    assert plain("line\n\ttab می‌خواهم 👩‍🚀 é") == "line\n\ttab می‌خواهم 👩‍🚀 é"


def test_things_are_counted_in_words() -> None:
    assert [count(number, "scene") for number in (0, 1, 1200)] == ["0 scenes", "1 scene", "1,200 scenes"]
    assert count(2, "story", "stories") == "2 stories"
