from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from story.__main__ import main
from tests.builders import write_story

METADATA = """\
title = "The Well"
authors = ["Ada", "Ben"]
rating = "Teen"
blurb = "Two animals, one bucket."

[povs.fox]
name = "Fox"
colour = "#aa5500"

[povs.owl]
name = "Owl"
colour = "#0055aa"
"""


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run_it(*arguments: object) -> Ran:
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run_it


def scene(title: str, *, ways: str = "", **told: str) -> str:
    """The text of a scene with a recap for each section: `scene("Down", fox="Yap.")`."""
    on = f"> Next: {ways}\n\n" if ways else ""
    return f"# {title}\n\n{on}" + "".join(f"## {pov}\n\n> Recap: {pov}.\n\n{text}\n\n" for pov, text in told.items())


@pytest.fixture
def well(tmp_path: Path) -> Path:
    """A story of three scenes: the first two are told by Fox and by Owl, the last by Owl alone."""
    scenes = {
        "01-down.md": scene("Down", fox="Yap yap yap.", owl="Hoo."),
        "02-deep.md": scene("Deep", fox="It is *cold*.", owl="I said so."),
        "03-up.md": scene("Up", owl="The end of it."),
    }
    return write_story(tmp_path / "well", {"story.toml": METADATA, **scenes})
