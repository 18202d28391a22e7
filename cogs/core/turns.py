"""Waiting in line for what takes long."""

from cogs.core.permissions import place_of
from cogs.core.responses import Interaction, defer, whisper
from cogs.ui import texts
from story.workers.queue import Work


async def take_a_turn(interaction: Interaction, work: Work) -> None:
    """Tell Discord that an answer takes longer, and the member how much comes before it.

    Raises:
        TooBusy: too much is waiting already.
    """
    guild, _ = place_of(interaction)
    ahead = work.ahead(guild, interaction.user.id)
    await defer(interaction)
    if ahead:
        await whisper(interaction, texts.t("work.waits", n=ahead))
