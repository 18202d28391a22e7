from pathlib import Path

from tests.hosting.machine import Machine, lines_of
from tests.wire.driver import Wire

PAGE = "hosting/panel.md"
TOOLS = ("simcord", "pytest", "playwright", "mypy", "matplotlib")


async def test_the_two_lines_of_a_panel_end_with_next_answered(machine: Machine, wire: Wire) -> None:
    install, start = lines_of(PAGE)
    assert (install, start) == ("pip install -r requirements.txt", "python bot.py")
    folder = machine.lay("/home/container")
    machine.run(install, folder)
    assert [name for name in TOOLS if list(machine.root.rglob(f"site-packages/{name}"))] == []
    async with machine.started(wire, start, folder):
        assert database(folder).is_file()


def database(folder: Path) -> Path:
    return folder / "data" / "readings.db"
