"""What the README promises is so."""

import re
from pathlib import Path

import discord

from cogs.core.permissions import NEEDED, NEEDED_IN_THREADS
from config import Config
from story.importing.markdown import read_markdown
from tests.builders import write_story

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_story_in_it_can_be_read(tmp_path: Path) -> None:
    [metadata] = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    [scene] = re.findall(r"```markdown\n(.*?)```", README, re.DOTALL)
    story = read_markdown(write_story(tmp_path / "well", {"story.toml": metadata, "01-down.md": scene}))
    assert [section.pov.name for section in story.sections()] == ["Fox", "Owl"]


def test_the_invitation_asks_for_what_the_bot_needs() -> None:
    [number] = re.findall(r"permissions=(\d+)", README)
    needed = discord.Permissions(**dict.fromkeys({*NEEDED, *NEEDED_IN_THREADS}, True))
    assert int(number) == needed.value


def test_every_setting_is_in_it() -> None:
    for table, fields in Config.model_fields.items():
        assert f"`[{table}] " in README
        assert all(f"{key}`" in README for key in type(fields.default).model_fields)


def test_every_file_it_links_to_is_there() -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
