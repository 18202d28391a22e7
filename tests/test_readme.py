"""What the README promises is so."""

import re
from pathlib import Path

import discord
import pytest

from cogs.core.permissions import NEEDED, NEEDED_IN_THREADS

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


def test_it_is_a_first_screen_and_no_more() -> None:
    assert len(README.splitlines()) <= 50


def test_every_test_that_shows_what_stops_a_threat_is_there() -> None:
    tests = re.findall(r"`(tests/[^`]+)`", (ROOT / "SECURITY.md").read_text(encoding="utf-8"))
    assert tests
    assert [test for test in tests if not (ROOT / test).exists()] == []


def test_every_threat_has_what_stops_it_and_a_test_that_shows_it() -> None:
    security = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    [table] = re.findall(r"(?m)^\| threat \|.*\n\|[ -|]+\n((?:\|.*\n)+)", security)
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.splitlines()]
    assert [row for row in rows if len(row) != 3 or not all(row) or "`tests/" not in row[2]] == []
