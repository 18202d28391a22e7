"""A copy that was made while the bot ran is put in place after everything is lost."""

import os
import re
import subprocess
import sys
from pathlib import Path

import yaml

from tests.hosting.machine import lines_of
from tests.wire.driver import UPDATE, Wire
from tests.wire.processes import ROOT, open_bot
from tests.wire.setting import make_setting

ANN, BOB = 101, 102
BEN = "vote:1:1:ben"
PAGE = "hosting/backup.md"


def run(lines: list[str], folder: Path) -> None:
    """Run lines of the page, with the Python of the tests."""
    script = "\n".join(lines).replace("python -m", f"{sys.executable} -m")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(["/bin/sh", "-euc", script], cwd=folder, env=environment, check=True)  # noqa: S603 - as documented


async def test_a_reading_goes_on_from_a_copy_after_everything_is_lost(wire: Wire, tmp_path: Path) -> None:
    config = make_setting(tmp_path, vote_seconds=3600)
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("sqlite:///wire.db", "sqlite:///data/readings.db"), encoding="utf-8")
    [backup, *_], restore = lines_of(PAGE), lines_of(PAGE, 'sh title="restore"')
    channel = wire.channel(1)
    async with open_bot(wire, config) as bot:
        await wire.command(channel, ANN, "story start", story="wire")
        await wire.press(channel, ANN, BEN)
        run([backup], tmp_path)
        await bot.kill()
    for each in (tmp_path / "data").iterdir():
        each.write_bytes(b"what a broken disk has left")

    run(restore, tmp_path)
    async with open_bot(wire, config):
        assert (await wire.press(channel, BOB, BEN)).type == UPDATE
        [page] = await wire.ask("outline", channel=channel)
        [label] = [label for label, custom_id, _ in page["buttons"] if custom_id == BEN]
        assert label.endswith("Ben · 2")


def test_litestream_follows_the_database_of_the_unit() -> None:
    unit = (ROOT / "deploy" / "storyteller.service").read_text(encoding="utf-8")
    [database] = re.findall(r"sqlite:///(\S+)", unit)
    settings = yaml.safe_load((ROOT / "deploy" / "litestream.yml").read_text(encoding="utf-8"))
    [followed] = settings["dbs"]
    assert followed["path"] == database
    assert [set(replica) for replica in followed["replicas"]] == [{"url"}]
