"""The bot to compare with: discord.py as it comes, whose button answers with a layout and does nothing else.

Default intents, the default event loop, no database. Its card is of the size of our section with a ballot.
"""

import argparse
import os
import re
from typing import Any, Self

import discord
from discord import app_commands, ui
from discord.ext import commands

from benchmarks.setting import POVS, SECTION, prose
from tests.wire.connect import connect

HEAD = "## Scene 1\n-# On the Wire · scene 1 of 5 · Anna"
FOOT = (
    "-# ●○○○○○○○○○ scene 1 of 5\n**Whose POV is next?**\n"
    "-# Most votes win. The vote closes at the end of the week; 20 of 51 voted."
)
TEXT = prose(SECTION)


class Vote(ui.DynamicItem[ui.Button[Any]], template=r"(?P<action>vote|next):(?P<reading>\d+):(?P<n>\d+)(?P<rest>.*)"):
    """A button that outlives a restart, and answers with the card."""

    def __init__(self, custom_id: str, label: str = "") -> None:
        super().__init__(ui.Button(label=label, custom_id=custom_id))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Take the button off a message."""
        return cls(match[0], getattr(item, "label", ""))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer."""
        await interaction.response.edit_message(view=Card())


class Card(ui.LayoutView):
    """A section's text, a line under it, and a row of buttons."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        row = ui.ActionRow[Any](
            *(Vote(f"vote:1:1:{pov}", f"{pov.title()} · 20") for pov in POVS), Vote("next:1:1", "Next")
        )
        texts = [ui.TextDisplay[Any](text) for text in (HEAD, TEXT, FOOT)]
        box = ui.Container[Any](*texts[:2], ui.Separator(), texts[2], row, accent_colour=0x336699)
        self.add_item(box)


class Stock(commands.AutoShardedBot):
    """A plain bot; sharded where Discord asks for it, as any is in 10,000 servers."""

    def __init__(self) -> None:
        super().__init__(commands.when_mentioned, intents=discord.Intents.default())

    async def setup_hook(self) -> None:
        """Add the button and the command."""
        self.add_dynamic_items(Vote)
        self.tree.add_command(post)
        await self.tree.sync()


@app_commands.command(name="next", description="Post the card.")
async def post(interaction: discord.Interaction[Any]) -> None:
    """Post the card."""
    await interaction.response.send_message(view=Card())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--api", required=True)
    connect(parser.parse_known_args()[0].api)
    Stock().run(os.environ["DISCORD_TOKEN"], log_handler=None)
