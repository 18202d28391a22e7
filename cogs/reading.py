"""Reading on and looking back: /next, /pov, /where, /recap, /reread, /back, /restart, and a section's buttons."""

from collections.abc import Awaitable

import discord
from discord import app_commands
from discord.ext import commands

from cogs.core import autocomplete
from cogs.core.age import require_suitable
from cogs.core.components import ID, READING, Components
from cogs.core.locale import in_their_language
from cogs.core.permissions import member_of, place_of, require_permissions_here
from cogs.core.publisher import Answer, Publisher
from cogs.core.responses import Interaction, Refused, rewrite, whisper, whisper_layout
from cogs.ui import layouts, looking_back, texts
from story.errors import ChannelTaken, NoReading, PageTurned, Refusal
from story.rules.page import Page, Pending, Pressed, Turn
from story.services.container import Services
from story.services.votes import Counted


class ReadingCommands(commands.Cog):
    """What a member does in a channel where a story is read."""

    def __init__(self, services: Services, publisher: Publisher, presses: Components) -> None:
        self._readings = services.readings
        self._votes = services.votes
        self._queries = services.queries
        self._publisher = publisher
        presses.add(rf"vote:{READING}:{ID}:(.+)", self._press)
        presses.add(rf"next:{READING}:{ID}", self._press)
        presses.add(r"onward", self._next)
        presses.add(rf"turn:{READING}:{ID}", self._turn_now)
        presses.add(rf"again:{READING}:{ID}", self._ask_restart)
        presses.add(rf"restart:{READING}:{ID}", self._restart)
        presses.add(r"keep", self._keep)
        presses.add(rf"recap:{READING}:(\d{{1,4}})", self._turn_recap)
        presses.add(rf"eyes:{READING}", self._open_reread)
        presses.add(rf"reread:{READING}:([^:]+):([^:]*):(\d{{1,4}})", self._turn_reread)

    # ---- commands

    @app_commands.command(name="next", description=texts.describe("command.next"))
    async def next(self, interaction: Interaction) -> None:
        """Press Next, or begin."""
        await self._next(interaction)

    async def _next(self, interaction: Interaction) -> None:
        guild, channel = place_of(interaction)
        async with self._publisher.answering(interaction) as answer:
            try:
                done = await self._votes.next(guild, channel, member_of(interaction))
            except NoReading as none:
                if none.elsewhere:
                    raise
                done = await self._begin(interaction)
            await self._go_on(answer, done)
        await self._answer_command(interaction, done, next_pressed=True)

    @app_commands.command(name="pov", description=texts.describe("command.pov"))
    @app_commands.describe(who=texts.describe("option.pov.who"))
    async def pov(self, interaction: Interaction, who: str | None = None) -> None:
        """Show the ballot, or vote."""
        guild, channel = place_of(interaction)
        if who is None:
            await whisper_layout(
                interaction, layouts.ballot(await self._queries.where(guild, channel), interaction.user.id)
            )
            return
        async with self._publisher.answering(interaction) as answer:
            done = await self._votes.next(guild, channel, member_of(interaction), who)
            await self._go_on(answer, done)
        await self._answer_command(interaction, done, next_pressed=False)

    @pov.autocomplete("who")
    async def _who(self, interaction: Interaction, typed: str) -> list[autocomplete.Choice]:
        page = await self._page_or_none(interaction)
        options = page.ballot.options if page and page.ballot else ()
        return autocomplete.matching([(option.label, option.id) for option in options], typed)

    @app_commands.command(name="where", description=texts.describe("command.where"))
    async def where(self, interaction: Interaction) -> None:
        """Say where the reading stands."""
        guild, channel = place_of(interaction)
        page = await self._queries.place(guild, channel)
        held = [each for each in await self._queries.failures(guild) if each.channel == channel]
        await whisper(interaction, texts.where(page, held))

    @app_commands.command(name="recap", description=texts.describe("command.recap"))
    @app_commands.describe(reading=texts.describe("option.reading"))
    async def recap(self, interaction: Interaction, reading: str | None = None) -> None:
        """Say what happened so far."""
        await whisper_layout(interaction, await self._recap(interaction, autocomplete.number(reading), 0))

    @recap.autocomplete("reading")
    async def _readings_here(self, interaction: Interaction, typed: str) -> list[autocomplete.Choice]:
        return await autocomplete.read_here(self._queries, *place_of(interaction), typed)

    @app_commands.command(name="reread", description=texts.describe("command.reread"))
    @app_commands.describe(scene=texts.describe("option.reread.scene"), pov=texts.describe("option.reread.pov"))
    async def reread(self, interaction: Interaction, scene: str | None = None, pov: str | None = None) -> None:
        """Show an earlier scene again."""
        reading = await self._queries.reading(*place_of(interaction))
        await whisper_layout(interaction, await self._reread(interaction, reading.id, scene, pov, 0))

    @reread.autocomplete("scene")
    async def _scenes(self, interaction: Interaction, typed: str) -> list[autocomplete.Choice]:
        page = await self._page_or_none(interaction)
        if page is None:
            return []
        _, so_far = await self._queries.passed(page.reading.guild, page.reading.id)
        return autocomplete.matching([(each.scene.title, each.scene.id) for each in reversed(so_far)], typed)

    @reread.autocomplete("pov")
    async def _povs(self, interaction: Interaction, typed: str) -> list[autocomplete.Choice]:
        page = await self._page_or_none(interaction)
        if page is None:
            return []
        try:
            reading = page.reading
            _, so_far, at, _ = await self._queries.reread(reading.guild, reading.id, interaction.namespace.scene, None)
        except Refusal:
            return []
        return autocomplete.matching([(pov.name, pov.id) for pov in so_far[at].scene.povs], typed)

    @app_commands.command(name="back", description=texts.describe("command.back"))
    async def back(self, interaction: Interaction) -> None:
        """Take back the last section."""
        guild, channel = place_of(interaction)
        async with self._publisher.answering(interaction) as answer:
            done = await self._readings.back(guild, channel, member_of(interaction))
            await self._go_on(answer, done)
        await self._answer_command(interaction, done, next_pressed=False)

    @app_commands.command(name="restart", description=texts.describe("command.restart"))
    async def restart(self, interaction: Interaction) -> None:
        """Ask whether to begin again."""
        page = await self._queries.place(*place_of(interaction))
        await self._ask_restart(interaction, str(page.reading.id), str(page.step.n))

    # ---- buttons

    async def _press(self, interaction: Interaction, reading: str, n: str, pov: str | None = None) -> None:
        guild, _ = place_of(interaction)
        press = self._votes.press(guild, int(reading), int(n), member_of(interaction), pov)
        await self._answer_press(interaction, press)

    async def _turn_now(self, interaction: Interaction, reading: str, n: str) -> None:
        guild, _ = place_of(interaction)
        await self._answer_press(interaction, self._votes.turn(guild, int(reading), int(n), member_of(interaction)))

    async def _answer_press(self, interaction: Interaction, press: Awaitable[Counted]) -> None:
        async with self._publisher.answering(interaction) as answer:
            done = await press
            await self._go_on(answer, done)
        if isinstance(done, Pending) and not interaction.response.is_done():
            raise PageTurned(done.page.reading.channel, await self._queries.message_of(done.page))
        if not isinstance(done, Pressed):
            return
        if not done.changed:
            await whisper(interaction, texts.unchanged(done.page.ballot, done.press))
            return
        if interaction.message and interaction.message.flags.ephemeral:
            await rewrite(interaction, layouts.ballot(done.page, interaction.user.id))
            await self._publisher.cards.show(done.page)
            return
        await self._publisher.cards.answer_press(interaction, done.page)

    async def _ask_restart(self, interaction: Interaction, reading: str, n: str) -> None:
        guild, _ = place_of(interaction)
        page = await self._readings.may_restart(guild, int(reading), int(n), member_of(interaction))
        text = texts.confirm_restart(page)
        await whisper_layout(interaction, layouts.confirm(text, texts.t("button.again"), f"restart:{reading}:{n}"))

    async def _restart(self, interaction: Interaction, reading: str, n: str) -> None:
        guild, _ = place_of(interaction)
        async with self._publisher.answering(interaction):
            await self._readings.restart(guild, int(reading), int(n), member_of(interaction))

    async def _keep(self, interaction: Interaction) -> None:
        await rewrite(interaction, layouts.notice(texts.t("story.kept_reading")))

    async def _turn_recap(self, interaction: Interaction, reading: str, at: str) -> None:
        await rewrite(interaction, await self._recap(interaction, int(reading), int(at)))

    async def _open_reread(self, interaction: Interaction, reading: str) -> None:
        await whisper_layout(interaction, await self._reread(interaction, int(reading), None, None, 0))

    async def _turn_reread(self, interaction: Interaction, reading: str, scene: str, pov: str, part: str) -> None:
        await rewrite(interaction, await self._reread(interaction, int(reading), scene, pov, int(part)))

    # ---- within

    async def _go_on(self, answer: Answer, done: Counted) -> None:
        """Post a page that is committed and not posted yet as the answer."""
        if isinstance(done, Pending):
            await self._publisher.resume(answer, done.page)

    async def _answer_command(self, interaction: Interaction, done: Counted, *, next_pressed: bool) -> None:
        if isinstance(done, Pressed):
            ballot = done.page.ballot
            others = [each for each in ballot.waited_for if each != interaction.user.id] if ballot else []
            leads = ballot is not None and ballot.attendance is not None and ballot.led_by == interaction.user.id
            try:
                if next_pressed and leads and others:
                    here = f"{done.page.reading.id}:{done.page.step.n}"
                    await whisper_layout(interaction, layouts.ask_to_turn(here, len(others)))
                else:
                    await whisper(interaction, texts.vote_counted(done.page, done.press, next_pressed=next_pressed))
            finally:
                await self._publisher.cards.show(done.page)
        elif isinstance(done, Pending) and not interaction.response.is_done():
            message = await self._queries.message_of(done.page)
            await whisper(interaction, texts.posted_already(done.page, message or 0))

    async def _recap(self, interaction: Interaction, reading: int | None, at: int) -> discord.ui.LayoutView:
        page, heard = await self._queries.looked_back(*place_of(interaction), reading)
        await require_suitable(interaction, page.story)
        told = texts.recap(*in_their_language(interaction, page, heard))
        return layouts.pages(told, at, f"recap:{page.reading.id}")

    async def _reread(
        self, interaction: Interaction, reading: int, scene: str | None, pov: str | None, part: int
    ) -> discord.ui.LayoutView:
        guild, _ = place_of(interaction)
        found = await self._queries.reread(guild, reading, scene, pov)
        await require_suitable(interaction, found[0].story)
        return looking_back.reread(*found, part)

    async def _page_or_none(self, interaction: Interaction) -> Page | None:
        try:
            return await self._queries.place(*place_of(interaction))
        except Refusal:
            return None

    async def _begin(self, interaction: Interaction) -> Turn:
        """Begin the default story in a server that reads nothing."""
        guild, channel = place_of(interaction)
        require_permissions_here(interaction)
        home = (await self._queries.settings(guild)).home
        if home not in {None, channel}:
            raise Refused(texts.at_home(home or 0))
        await require_suitable(interaction, await self._queries.first_story(guild))
        try:
            return await self._readings.begin(guild, channel, interaction.user.id)
        except ChannelTaken:
            raise Refused(texts.t("story.just_begun")) from None
