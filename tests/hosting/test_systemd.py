import configparser
import shlex
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from tests.hosting.machine import Machine, lines_of
from tests.wire.driver import Wire
from tests.wire.processes import ROOT, TOKEN

PAGE = "hosting/systemd.md"
UNIT = ROOT / "deploy" / "storyteller.service"


def service(file: Path) -> dict[str, list[str]]:
    """Return what stands in the section [Service] of a unit, in which a key can stand more than once."""
    section = file.read_text(encoding="utf-8").partition("[Service]")[2].partition("\n[")[0]
    found: dict[str, list[str]] = {}
    for line in section.splitlines():
        key, is_set, value = line.partition("=")
        if is_set and not key.startswith("#"):
            found.setdefault(key, []).append(value)
    return found


def environment(machine: Machine, unit: dict[str, list[str]]) -> dict[str, str]:
    [file] = unit["EnvironmentFile"]
    lines = [*unit["Environment"], *Path(machine.here(file)).read_text(encoding="utf-8").splitlines()]
    found = dict(line.split("=", 1) for line in lines)
    found["STORYTELLER_DATABASE__URL"] = found["STORYTELLER_DATABASE__URL"].replace(
        "sqlite:////", f"sqlite:///{machine.root}/"
    )
    return found


async def test_the_lines_of_the_page_end_with_next_answered(machine: Machine, wire: Wire) -> None:
    folder = machine.lay("/opt/storyteller")
    shutil.copytree(ROOT / "deploy", folder / "deploy", dirs_exist_ok=True)
    machine.path("/etc/systemd/system").mkdir(parents=True)
    called = machine.stand_in("systemctl")
    machine.run("\n".join(lines_of(PAGE)).replace("your-token", TOKEN), folder)
    assert called.read_text(encoding="utf-8").splitlines() == ["daemon-reload", "enable --now storyteller"]

    unit = service(machine.path("/etc/systemd/system/storyteller.service"))
    [folder_of_unit], [start] = unit["WorkingDirectory"], unit["ExecStart"]
    machine.path("/var/lib/storyteller").mkdir(parents=True)
    assert Path(machine.here(folder_of_unit)) == folder
    async with machine.started(wire, start, folder, environment(machine, unit)) as bot:
        assert machine.path("/var/lib/storyteller/readings.db").is_file()
        bot.signal(signal.SIGTERM)
        assert await bot.wait() == 0


def test_the_token_is_for_root_alone(machine: Machine) -> None:
    machine.path("/etc").mkdir()
    lines = [line for line in lines_of(PAGE) if "storyteller.env" in line]
    machine.run("\n".join(lines), machine.root)
    assert machine.path("/etc/storyteller.env").stat().st_mode & 0o777 == 0o600


def test_the_unit_is_not_started_again_where_a_setting_has_to_be_mended() -> None:
    unit = service(UNIT)
    assert (unit["Restart"], unit["RestartPreventExitStatus"]) == (["on-failure"], ["2"])


def test_the_unit_may_write_to_its_own_folder_and_nowhere_else() -> None:
    unit = service(UNIT)
    assert (unit["DynamicUser"], unit["ProtectSystem"], unit["StateDirectory"]) == (
        ["yes"],
        ["strict"],
        ["storyteller"],
    )
    assert "sqlite:////var/lib/storyteller/" in str(unit["Environment"])


def test_the_unit_has_the_three_sections() -> None:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.read(UNIT, encoding="utf-8")
    assert parser.sections() == ["Unit", "Service", "Install"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd")
def test_systemd_finds_no_fault_with_the_unit(tmp_path: Path) -> None:
    [start] = service(UNIT)["ExecStart"]
    text = UNIT.read_text(encoding="utf-8").replace(shlex.split(start)[0], "/bin/true")
    unit = tmp_path / UNIT.name
    unit.write_text(text, encoding="utf-8")
    analyse = ["systemd-analyze", "verify", str(unit)]
    done = subprocess.run(analyse, capture_output=True, text=True, check=False)  # noqa: S603 - a tool of the system's
    assert (done.returncode, done.stderr) == (0, "")
