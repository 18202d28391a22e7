"""Fills a database of the present schema with rows in every table, and writes it down as SQL.

Run once a release, from the root: `python -m tests.story.store.fill_release tests/story/store/released/VERSION.sql`.
"""

import asyncio
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from story.rules.delivery import DeliveryFailure, DeliveryKind, Direct
from story.rules.presses import Member
from story.rules.rsvp import Coming
from story.rules.serial import Every, make_serial
from story.rules.settings import Settings
from story.services.container import Services
from story.services.dates import Plan
from story.services.library import Library
from story.store import open_store
from story.times.series import Repeat
from tests.builders import Clock, linked, story
from tests.story.room import (
    ANN,
    BOB,
    CAT,
    CHANNEL,
    GUILD,
    OTHER_CHANNEL,
    begun,
    comes_due,
    ended,
    held,
    page_now,
    post,
    press,
    read_on,
    seated,
    waiting,
)

SERIAL_CHANNEL, LOST_CHANNEL, LOBBY_CHANNEL = 12, 13, 14
STORIES = [
    story("A", "AB", "ABC", "A"),
    story("AB", "A", story_id="fork", title="Fork"),
    linked(story(*["AB"] * 4, story_id="ways", title="Ways"), (1, "23"), (2, "43")),
]


async def fill(file: Path) -> None:
    """Have two servers use everything that is kept, and be in the middle of it."""
    async with open_store(file) as store:
        services = Services.of(store, Library(STORIES), Clock(), Settings(story="tale"))
        await services.imports.load()
        await _read_and_end(services)
        await _read_together(services)
        await _read_on(services)
        await _lose_and_leave(services)
        await _plan(services)
        await services.members.keep_note("commands", "0123abcd")


async def _read_and_end(services: Services) -> None:
    """A reading that came to its end and was stopped."""
    turn = await ended(services)
    await services.readings.stop(GUILD, turn.page.reading.id, turn.page.step.n, Member(ANN))


async def _read_together(services: Services) -> None:
    """A session that has ended, one that runs, and a lobby."""
    turn = await seated(services, ANN, BOB)
    for member in (ANN, BOB):
        await press(services, turn, member, "ben")
    await comes_due(services, 5)
    await post(services, await page_now(services))
    await services.sessions.stop(GUILD, CHANNEL, Member(ANN))
    await seated(services, BOB, CAT)
    await services.sessions.leave(GUILD, (await held(services)).id, CAT)
    await services.sessions.open(GUILD, LOBBY_CHANNEL, CAT)
    [*_, lobby] = await waiting(services, DeliveryKind.LOBBY)
    await services.deliveries.posted_lobby(lobby, 7000)


async def _read_on(services: Services) -> None:
    """Readings with votes, settings, bookmarks, a step taken back, and a clock that runs; and a serial."""
    turn = await read_on(services, await begun(services, channel=OTHER_CHANNEL), "ben")
    reading = turn.page.reading.id
    await services.members.bookmark(GUILD, OTHER_CHANNEL, BOB)
    await services.members.caught_up(reading, CAT, 2)
    await press(services, turn, BOB, "cleo")
    await press(services, turn, CAT)
    await services.settings.change(GUILD, reading, seconds=300, names=False)
    await services.settings.change(GUILD, None, zone="Europe/Berlin", language="de", discuss=True)
    back = await services.readings.back(GUILD, OTHER_CHANNEL, Member(ANN))
    await post(services, back.page)
    await services.votes.next(GUILD, OTHER_CHANNEL, Member(BOB), "ben")
    await begun(services, "ways", SERIAL_CHANNEL)
    serial = make_serial(Every.DAILY, "18:00", "Berlin", services.clock())
    await services.readings.set_serial(GUILD, SERIAL_CHANNEL, Member(ANN), serial)


async def _lose_and_leave(services: Services) -> None:
    """A reading whose channel was deleted, a server that removed the bot, and a member who asked to be forgotten."""
    lost = await begun(services, "fork", LOST_CHANNEL)
    await press(services, lost, ANN, "anna")
    await services.readings.lose_channel(GUILD, LOST_CHANNEL)
    await services.readings.start(GUILD + 1, 20, 999, "tale")
    [*_, section] = await waiting(services, DeliveryKind.SECTION)
    await services.deliveries.failed(section, DeliveryFailure.FORBIDDEN)
    await services.imports.keep(GUILD + 1, story("A", "B", title="Our Own"))
    await services.members.departed(GUILD + 1)
    await services.members.forget_member(999)


async def _plan(services: Services) -> None:
    """A date that repeats, with an event, and one whose event is yet to be made."""
    plan = Plan("2026-01-03 20:00", "Berlin", Repeat.WEEKLY, role=77)
    date = await services.dates.make(GUILD, CHANNEL, ANN, plan)
    await services.dates.event_made(date, 8000)
    await services.dates.make(GUILD, OTHER_CHANNEL, BOB, Plan("in 2 hours", "UTC"))
    at = int(date.at.timestamp())
    await services.rsvps.say(GUILD, date.id, at, BOB, Coming.MAYBE)
    await services.rsvps.remind(GUILD, date.id, at, BOB)
    await services.directs.not_reached(CAT)
    await services.alerts.switch(GUILD, BOB, Direct.TURN, on=True)


def dump(file: Path) -> str:
    """Return a database as SQL, with the version of its schema."""
    with closing(sqlite3.connect(file)) as connection:
        [(version,)] = connection.execute("PRAGMA user_version").fetchall()
        return "\n".join([*connection.iterdump(), f"PRAGMA user_version = {version};", ""])


def main(file: Path) -> None:
    """Fill a database, and write it down."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "readings.db"
        asyncio.run(fill(database))
        file.write_text(dump(database), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
