"""What can be seen when all has come to rest: in the database, in memory, and what must be pressable in Discord."""

from dataclasses import dataclass
from datetime import datetime

from story.rules.steps import Kind
from story.store import Gathered
from tests.cogs.core.interleaving.members import Members
from tests.cogs.core.interleaving.room import Room
from tests.cogs.core.interleaving.world import Told, Visible
from tests.story.room import CHANNEL, GUILD, OTHER_CHANNEL


@dataclass(frozen=True)
class Seen:
    """The world; what can be pressed in it, by what its custom_id begins with; and when Discord's events are."""

    world: Visible
    pressable: dict[str, list[str]]
    events: list[datetime]


async def look(room: Room, members: Members) -> Seen:
    """See how things are."""
    read, library = room.services.store.read, room.services.queries.library
    here, elsewhere = await read.gather_in(CHANNEL), await read.gather_in(OTHER_CHANNEL)
    session, date = await read.session_in(OTHER_CHANNEL), await read.date_in(OTHER_CHANNEL)
    going = [each.member for each in await read.rsvps(date.id)] if date else []
    own = {each.id: each.title for each in library.own(GUILD)}
    assert own == {number: title for number, _, title in await read.stories()}
    povs = {number: story.povs[0].name for number in own if (story := library.get(number))}
    told, besides = (_told(each, own) if each else None for each in (here, elsewhere))
    world = Visible(
        members.drafts(),
        frozenset((title, povs[number]) for number, title in own.items()),
        told,
        besides,
        (session.id, session.host, tuple(each.member for each in session.readers), session.began_at is not None)
        if session
        else None,
        (date.host, room.minute_of(date.at), tuple(going)) if date else None,
    )
    pressable = {
        "next:": sorted(f"next:{each.id}:{each.n}" for each in (told, besides) if each and not each.over),
        "again:": sorted(f"again:{each.id}:{each.n}" for each in (told, besides) if each and each.over),
        "join:": [f"join:{session.id}"] if session else [],
        "rsvp:": [f"rsvp:{date.id}:{int(date.at.timestamp())}:going"] if date else [],
    }
    return Seen(world, pressable, [date.at] if date else [])


def _told(page: Gathered, own: dict[str, str]) -> Told:
    reading, last = page.reading, page.steps[-1]
    at = sum(step.kind is not Kind.STOP for step in page.steps)
    ready = frozenset(press.member for press in page.presses if press.ready)
    title = own.get(reading.story, reading.story)
    return Told(reading.id, title, reading.started_by, last.n, at, ready, frozenset(page.known))
