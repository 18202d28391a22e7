"""What was heard, to keep: /transcript."""

from dataclasses import replace

from discord import app_commands
from discord.ext import commands

from cogs.core import autocomplete
from cogs.core.age import require_suitable
from cogs.core.permissions import place_of
from cogs.core.responses import Interaction, whisper_file
from cogs.core.turns import take_a_turn
from cogs.ui import texts
from story.errors import NothingRead
from story.rules.page import Heard, Page
from story.services.container import Services
from story.services.queries import Clock
from story.services.transcript import Told, Transcript, written

FORMS = {"Markdown": "md", "HTML": "html", "EPUB": "epub"}
"""The forms of a transcript, and their file endings."""


class Transcripts(commands.Cog):
    """Hands out what a channel has heard, as a file."""

    def __init__(self, services: Services) -> None:
        self._queries = services.queries
        self._work = services.work
        self._clock: Clock = services.clock

    @app_commands.command(name="transcript", description=texts.describe("command.transcript"))
    @app_commands.rename(form="as")
    @app_commands.describe(form=texts.describe("option.transcript.as"), reading=texts.describe("option.reading"))
    @app_commands.choices(form=[app_commands.Choice(name=name, value=ending) for name, ending in FORMS.items()])
    async def transcript(self, interaction: Interaction, form: str = "md", reading: str | None = None) -> None:
        """Hand out a transcript."""
        guild, channel = place_of(interaction)
        page, heard = await self._queries.looked_back(guild, channel, autocomplete.number(reading))
        if not heard:
            raise NothingRead
        await require_suitable(interaction, page.story)
        await take_a_turn(interaction, self._work)
        transcript = self._transcript(page, heard)
        data = await self._work.do(place_of(interaction)[0], interaction.user.id, written, transcript, form)
        name = f"{page.story.title} {texts.t('file.transcript')}"
        await whisper_file(interaction, texts.transcript_of(page, len(heard)), name, form, data)

    @transcript.autocomplete("reading")
    async def _readings(self, interaction: Interaction, typed: str) -> list[autocomplete.Choice]:
        return await autocomplete.read_here(self._queries, *place_of(interaction), typed)

    def _transcript(self, page: Page, heard: list[Heard]) -> Transcript:
        story, closed = page.story, replace(page, ballot=None)
        told = (Told(at.title, what.pov.name, what.text, texts.vote_told(closed, step)) for step, at, what in heard)
        return Transcript(
            title=story.title,
            authors=story.authors,
            byline=texts.byline(story),
            language=story.language,
            credits=story.credits,
            told=tuple(told),
            number=f"storyteller:{page.reading.id}:{page.step.n}",
            at=self._clock(),
        )
