"""Shows what deliveries say, kind by kind, rendered from the state of that moment."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from typing import Any

import discord
from discord import ui

from cogs.core import dates, directs, events, threads
from cogs.core.age import is_restricted
from cogs.core.history import custom_ids
from cogs.core.way import Way, fixed
from cogs.ui import layouts, path_picture, texts
from story.errors import AdultStory, ReadingOver
from story.rules.delivery import Delivery, DeliveryKind, Notice
from story.rules.page import Page
from story.rules.ratings import is_adult
from story.rules.steps import State
from story.rules.trouble import Trouble, TroubleKind
from story.services.container import Services

Deliverer = Callable[[Way, Delivery], Awaitable[int | None]]
"""Shows a delivery; returns its message, if it was posted."""


class Deliverers:
    """Carries out each kind of delivery, and leaves out what is no longer needed."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._queries = services.queries
        self._deliveries = services.deliveries
        self._drawing = asyncio.Semaphore(1)
        kinds = DeliveryKind
        self._by_kind: dict[DeliveryKind, Deliverer] = {
            kinds.SECTION: self._section,
            kinds.CLOSED: self._closed,
            kinds.MOVED: self._moved,
            kinds.CARD: self._card,
            kinds.LOBBY: self._lobby,
            kinds.LOBBY_CARD: self._lobby_card,
            kinds.LOBBY_MOVED: self._lobby_moved,
            kinds.CLOSING_CARD: self._closing_card,
            kinds.DATE: partial(dates.post_card, services),
            kinds.DATE_CARD: partial(dates.show_card, services),
            kinds.DATE_OVER: dates.close_card,
            kinds.REMINDER: partial(dates.remind, services),
            kinds.DIRECT: partial(directs.tell, services),
            kinds.NOTICE: self._notice,
            kinds.LOG: self._log,
            kinds.CHANNEL: self._channel,
            kinds.AGE: self._age,
            kinds.THREAD: self._thread,
            kinds.ARCHIVE: self._archive,
            kinds.EVENT: partial(events.carry_out, services),
        }

    async def carry_out(self, way: Way, delivery: Delivery) -> int | None:
        """Show a delivery; return its message, if it was posted."""
        return await self._by_kind[delivery.kind](way, delivery)

    # ---- readings

    async def _section(self, way: Way, delivery: Delivery) -> int | None:
        page = await self._queries.shown(delivery.subject, delivery.n)
        if page is None:
            return None
        reposted = delivery.target is not None
        if page.step.message != delivery.target:
            return page.step.message
        await self._require_suitable(way, page)
        # A long section is split here for the first time; its parts are remembered.
        await asyncio.to_thread(layouts.parts, page)
        marks = layouts.page(page)
        part_of = partial(_part_of, page, len(marks))
        message = 0
        for part in range(len(marks)):
            if reposted and part + 1 < len(marks):
                continue
            over = page.reading.state is not State.OPEN or (reposted and page.closed_by)
            if over and part not in await way.standing(part_of):
                # It was stopped, or turned in place: the missing parts stay unposted.
                return None
            message = await way.post(marks[part], part=part, part_of=part_of, silent=page.settings.quiet)
        await self._deliveries.posted_section(delivery, page, message)
        return message

    async def _require_suitable(self, way: Way, page: Page) -> None:
        """Check whether the page of a story for adults may be posted; if not, put the reading on hold."""
        if page.reading.state is not State.OPEN or not is_adult(page.story.rating):
            return
        async with way.limiter:
            restricted = await is_restricted(way.client, page.reading.channel)
        await self._services.readings.hold(page.reading.id, held=not restricted)
        if not restricted:
            # Discord may have turned it on, and said so, between the question and this answer.
            await self._services.deliveries.look_at_ages(page.reading.guild)
            raise AdultStory(page.story.title, page.story.rating)

    async def _closed(self, way: Way, delivery: Delivery) -> None:
        page = await self._queries.shown(delivery.subject, delivery.n)
        if page and page.step.message:
            await way.edit(page.step.message, fixed(layouts.page(page)[-1]))
        elif page is None and (message := delivery.data.get("message")):
            # The story and its text are gone; leave nothing there to press.
            await way.edit(message, fixed(layouts.notice(texts.refusal(ReadingOver()))))

    async def _moved(self, way: Way, delivery: Delivery) -> None:
        page = await self._queries.shown(delivery.subject, delivery.n)
        moved_away = page is not None and page.reading.channel != delivery.channel
        if page and delivery.target and (moved_away or page.step.message != delivery.target):
            await way.edit(delivery.target, fixed(layouts.page(page, moved=True)[-1]))

    async def _card(self, way: Way, delivery: Delivery) -> None:
        page = await self._queries.shown(delivery.subject)
        if page and page.step.message and page.reading.state is not State.STOPPED:

            async def newest() -> ui.LayoutView | None:
                now = await self._queries.shown(delivery.subject, page.step.n)
                return layouts.page(now)[-1] if now else None

            await way.edit(page.step.message, newest)

    # ---- sessions

    async def _lobby(self, way: Way, delivery: Delivery) -> int | None:
        lobby = await self._queries.lobby(delivery.subject)
        if lobby is None or lobby.session.message != delivery.target:
            return lobby.session.message if lobby else None
        if not lobby.session.ended_at:
            quiet = await self._queries.is_quiet(delivery.guild)
            message = await way.post(layouts.lobby(lobby), silent=quiet)
        elif found := await way.standing():
            # It has ended meanwhile, and had been posted when the bot went down.
            message = found[0]
            await way.edit(message, fixed(layouts.lobby(lobby)))
        else:
            return None
        await self._deliveries.posted_lobby(delivery, message)
        return message

    async def _lobby_moved(self, way: Way, delivery: Delivery) -> None:
        if delivery.target:
            await way.edit(delivery.target, fixed(layouts.notice(texts.t("session.moved"))))

    async def _lobby_card(self, way: Way, delivery: Delivery) -> None:
        lobby = await self._queries.lobby(delivery.subject)
        if lobby and lobby.session.message:

            async def newest() -> ui.LayoutView | None:
                now = await self._queries.lobby(delivery.subject)
                return layouts.lobby(now) if now else None

            await way.edit(lobby.session.message, newest)

    async def _closing_card(self, way: Way, delivery: Delivery) -> int | None:
        ended = await self._queries.ended(delivery.subject)
        if ended is None:
            return None
        date = await self._queries.date_in(delivery.channel)
        text, onward = texts.session_ended(ended, date), layouts.after_session(ended, date)
        quiet = await self._queries.is_quiet(delivery.guild)
        if ended.page and ended.page.place.path:
            async with self._drawing:  # this holds up nobody
                png, alt = await asyncio.to_thread(drawn, ended.page)
            layout, file = shown(png, alt, text, *onward)
            message = await way.post(layout, file=file, silent=quiet)
        else:
            message = await way.post(layouts.notice(text, *onward), silent=quiet)
        await self._deliveries.posted_closing_card(delivery)
        return message

    async def _notice(self, way: Way, delivery: Delivery) -> int | None:
        text = await self._notice_text(delivery)
        if text is None:
            return None
        quiet = await self._queries.is_quiet(delivery.guild)
        return await way.post(layouts.notice(text), silent=quiet)

    async def _notice_text(self, delivery: Delivery) -> str | None:  # noqa: PLR0911 - a table
        facts = delivery.data
        match Notice(facts["notice"]):
            case Notice.PAUSED:
                return texts.t("session.pauses")
            case Notice.RESUMED:
                return texts.t("session.resumes")
            case Notice.HOST:
                return texts.handed_over(facts["host"])
            case Notice.SERIAL:
                page = await self._queries.shown(delivery.subject)
                serial = page.ballot.serial if page and page.ballot else None
                return texts.serial_set(page, serial) if page and serial else None
            case Notice.SERIAL_ENDED:
                return texts.t("serial.off")
            case Notice.SERIAL_MISSED:
                return texts.t("serial.missed", n=facts["n"])
            case Notice.DATE_CANCELLED:
                return texts.cancelled(datetime.fromtimestamp(facts["at"], UTC))

    # ---- the rest

    async def _log(self, way: Way, delivery: Delivery) -> int:
        facts = delivery.data
        trouble = Trouble(TroubleKind(facts["trouble"]), delivery.guild, facts["in"], facts["why"])
        quiet = await self._queries.is_quiet(delivery.guild)
        return await way.post(layouts.notice(texts.trouble(trouble)), silent=quiet)

    async def _channel(self, way: Way, delivery: Delivery) -> None:
        try:
            async with way.limiter:
                await way.client.fetch_channel(delivery.channel)
        except discord.Forbidden:
            pass  # it exists, but the bot can't see it

    async def _age(self, way: Way, delivery: Delivery) -> None:
        async with way.limiter:
            restricted = await is_restricted(way.client, delivery.channel)
        await self._services.readings.hold(delivery.subject, held=not restricted)

    async def _thread(self, way: Way, delivery: Delivery) -> None:
        page = await self._queries.shown(delivery.subject, delivery.n)
        if page and delivery.target:
            await threads.open_thread(way, delivery, page)

    async def _archive(self, way: Way, delivery: Delivery) -> None:
        await threads.archive(way, delivery)


def drawn(page: Page) -> tuple[bytes, str]:
    """Draw a path with at least one section; return the picture, and its alt text.

    It takes a moment, so don't call it on the event loop.
    """
    return path_picture.draw(page), path_picture.describe(page)


def shown(png: bytes, alt: str, caption: str, *buttons: ui.Button[Any]) -> tuple[ui.LayoutView, discord.File]:
    """Return the layout that shows a drawn path, and the file to send with it."""
    return layouts.picture(texts.PATH_FILE, alt, caption, *buttons), discord.File(BytesIO(png), texts.PATH_FILE)


def _part_of(page: Page, parts: int, message: discord.Message) -> int | None:
    """Return which part of a page a message is.

    A part carries the step in the id of its first component. Other readings have the same steps, but other numbers in
    their buttons.
    """
    marks = {layouts.mark(page.step.n, part): part for part in range(parts)}
    ids = (getattr(component, "id", None) for component in message.components)
    part = next((marks[number] for number in ids if number in marks), None)
    here = {tuple(custom_id.split(":")[1:3]) for custom_id in custom_ids(message.components)}
    if here:
        return part if (str(page.reading.id), str(page.step.n)) in here else None
    # A new last part has something to press; one without belongs to a reading that has ended.
    pressable = page.ballot is not None or page.at_end or bool(layouts.translation_button(page))
    has_buttons = part == parts - 1 and pressable
    return None if has_buttons else part
