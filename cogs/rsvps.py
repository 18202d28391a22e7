"""The buttons on the card of a date: Going, Maybe, Can't, Remind me, and Add to calendar."""

from discord.ext import commands

from cogs.core.components import ID, Components
from cogs.core.dates import calendar_file
from cogs.core.permissions import server_of
from cogs.core.publisher import Publisher
from cogs.core.responses import Interaction, whisper, whisper_layout
from cogs.ui import layouts, texts
from story.errors import NoDate
from story.rules.rsvp import Coming
from story.services.container import Services

HERE = rf"{ID}:{ID}"
"""A date, and the time that its card says."""


class Rsvps(commands.Cog):
    """Takes what members say to dates."""

    def __init__(self, services: Services, publisher: Publisher, presses: Components) -> None:
        self._services = services
        self._rsvps = services.rsvps
        self._answering = publisher.answering
        presses.add(rf"rsvp:{HERE}:({'|'.join(Coming)})", self._say)
        presses.add(rf"remind:{HERE}", self._remind)
        presses.add(rf"calendarfile:{ID}", self._hand_out)

    async def _say(self, interaction: Interaction, date: str, at: str, says: str) -> None:
        guild, _ = server_of(interaction)
        async with self._answering(interaction) as answer:
            rsvp = await self._rsvps.say(guild, int(date), int(at), interaction.user.id, Coming(says))
        if answer.job is None:
            # The card was posted a moment ago, and its message is not noted yet.
            await whisper(interaction, texts.your_rsvp(rsvp))

    async def _remind(self, interaction: Interaction, date: str, at: str) -> None:
        guild, _ = server_of(interaction)
        await whisper(
            interaction, texts.reminding(*await self._rsvps.remind(guild, int(date), int(at), interaction.user.id))
        )

    async def _hand_out(self, interaction: Interaction, date: str) -> None:
        guild, _ = server_of(interaction)
        planned = await self._rsvps.planned(int(date))
        if planned is None or planned.date.guild != guild or planned.date.waits:
            raise NoDate
        file = await calendar_file(self._services, texts.event_name(planned), [planned.date])
        await whisper_layout(interaction, layouts.file(file.filename, texts.t("calendar.one")), file)
