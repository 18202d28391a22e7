"""The package is built, installed, and run from an empty folder."""

import asyncio
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

from story import __version__
from tests.hosting.machine import Machine
from tests.wire.driver import Wire
from tests.wire.processes import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - a tool of ours
    [made] = folder.glob("*.whl")
    return made


def test_the_package_has_every_module_story_and_migration(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    wanted = {"bot.py", "config.py", "rehearsal.py", "rehearsal_page.py"}
    for folder in ("cogs", "story", "locales"):
        files = (each for each in (ROOT / folder).rglob("*") if each.is_file() and "__pycache__" not in each.parts)
        wanted |= {each.relative_to(ROOT).as_posix() for each in files}
    assert {name for name in names if ".dist-info/" not in name} == wanted


def test_the_package_has_the_licence_and_the_storys_note(wheel: Path) -> None:
    licences = {name.partition("/licenses/")[2] for name in ZipFile(wheel).namelist() if "/licenses/" in name}
    assert licences == {"LICENSE", "story/library/room-241/NOTICE.md"}


def test_the_package_has_the_version_of_the_story(wheel: Path) -> None:
    assert wheel.name.split("-")[:2] == ["storyteller", __version__]


async def test_the_command_is_ready_in_an_empty_folder(wheel: Path, machine: Machine, wire: Wire) -> None:
    install(machine, wheel)
    empty = machine.root / "empty"
    empty.mkdir()
    async with machine.started(wire, "storyteller", empty):
        assert {each.name for each in empty.iterdir()} == {"data"}


async def test_the_command_looks_settings_over_in_the_folder_it_is_started_in(wheel: Path, machine: Machine) -> None:
    install(machine, wheel)
    (machine.root / ".env").write_text("STORYTELLER_READING__VOTE_SECONDS=90\n", encoding="utf-8")
    machine.run("storyteller --check 2> said", machine.root)
    said = await asyncio.to_thread((machine.root / "said").read_text, "utf-8")
    assert f"STORYTELLER_READING__VOTE_SECONDS=90                  # {machine.root / '.env'}" in said
    assert "Room 241" in said


def test_what_needs_no_discord_is_a_command_too(wheel: Path, machine: Machine) -> None:
    install(machine, wheel)
    machine.run("storyteller-story --help > said", machine.root)
    assert "back up what was read" in (machine.root / "said").read_text("utf-8")


def test_each_command_is_there() -> None:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(table["project"]["scripts"]) == {"storyteller", "storyteller-story"}


def install(machine: Machine, wheel: Path) -> None:
    """Install the package alone; what it needs is taken from where the tests run, so that nothing is fetched."""
    machine.run(f"pip install --quiet --no-deps --no-index {wheel}", machine.root)
    [packages] = machine.root.glob("python/lib/python*/site-packages")
    (packages / "needed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
