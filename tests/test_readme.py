"""What the README promises is so."""

import re
from pathlib import Path

import discord
import pytest
from discord import AppCommandType, app_commands

from cogs.core.permissions import NEEDED, NEEDED_IN_THREADS
from story.store import open_store
from tests.cogs.stage import Time, storyteller

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["README.md", "docs/hosting/index.md"])
def test_the_invitation_asks_for_what_the_bot_needs(page: str) -> None:
    [number] = re.findall(r"permissions=(\d+)", (ROOT / page).read_text(encoding="utf-8"))
    needed = discord.Permissions(**dict.fromkeys({*NEEDED, *NEEDED_IN_THREADS}, True))
    assert int(number) == needed.value


def test_every_file_it_links_to_is_there() -> None:
    pictures = re.findall(r'src="([^"]+)"', README)
    links = re.findall(r"\]\((?!https?:|#)([^)]+)\)", README)
    assert pictures
    assert links
    links += pictures
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_above_its_commands_it_is_a_first_screen_and_no_more() -> None:
    first, heading, _ = README.partition("\n## Commands\n")
    assert heading
    assert len(first.splitlines()) <= 50


async def test_its_table_has_every_command_and_menu_of_the_tree_once(tmp_path: Path) -> None:
    async with open_store(tmp_path / "readings.db") as store, storyteller(store, [], Time()) as bot:
        await bot.add_commands()
        typed = [each for each in bot.tree.walk_commands() if isinstance(each, app_commands.Command)]
        menus = [
            each.name
            for kind in (AppCommandType.message, AppCommandType.user)
            for each in bot.tree.walk_commands(type=kind)
        ]
    table = README.partition("\n## Commands\n")[2]
    assert sorted(re.findall(r"^\| `/([^`]+)` \|", table, re.MULTILINE)) == sorted(
        each.qualified_name for each in typed
    )
    assert sorted(re.findall(r"^\| \*Apps\*, \*(.+)\* \|", table, re.MULTILINE)) == sorted(menus)
    assert [
        each.qualified_name for each in typed if f"`/{each.qualified_name}` | {each.description} |" not in table
    ] == []


def test_every_test_that_shows_what_stops_a_threat_is_there() -> None:
    tests = re.findall(r"`(tests/[^`]+)`", (ROOT / "SECURITY.md").read_text(encoding="utf-8"))
    assert tests
    assert [test for test in tests if not (ROOT / test).exists()] == []


def test_every_threat_has_what_stops_it_and_a_test_that_shows_it() -> None:
    security = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    [table] = re.findall(r"(?m)^\| threat \|.*\n\|[ -|]+\n((?:\|.*\n)+)", security)
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.splitlines()]
    assert [row for row in rows if len(row) != 3 or not all(row) or "`tests/" not in row[2]] == []
