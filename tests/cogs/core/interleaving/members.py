"""What members do, each as the cogs have it: a service is called, and the model is told."""

from collections.abc import Awaitable
from datetime import timedelta

from story.errors import NotKeptError, PageTurned, Refusal
from story.importing.draft import Draft, rename_pov
from story.rules.page import Pending, Pressed, Turn
from story.rules.presses import Member
from story.rules.rsvp import Coming
from story.services.dates import Plan
from story.services.drafts import Upload
from story.times.series import Repeat
from tests.cogs.core.interleaving import model
from tests.cogs.core.interleaving.model import OK
from tests.cogs.core.interleaving.orders import UNKEPT, Deed
from tests.cogs.core.interleaving.room import Room
from tests.cogs.core.interleaving.world import World
from tests.story.room import CHANNEL, GUILD, OTHER_CHANNEL

MEMBERS = 101, 102, 103
LEADER = 0
"""Whoever may do it: the host, or who began it."""
TEXT = b"ANNA POV\n\nRain.\n"
REMIND = timedelta(minutes=1)
COUNTED = {Turn: "turned", Pressed: "pressed", Pending: "stale"}
"""What a press comes to, as the model calls it."""
ACTS = {
    "stories": ("bring", "change", "change", "keep", "keep", "remove"),
    "readings": ("start", "press", "press", "press", "press", "restart", "stop"),
    "sessions": ("open", "join", "leave", "begin", "hand_over", "end"),
    "dates": ("plan", "move", "cancel", "cancel", "go", "come_due"),
}
"""What members do, by what it is about, as names of methods; what is there twice is done twice as often."""
BEFORE = {
    "stories": ("bring", "keep", "bring"),
    "readings": ("start", "press", "press"),
    "sessions": ("open", "join", "join"),
    "dates": ("plan",),
}
"""What has been done before, one after another."""


class Members:
    """Acts on behalf of members: each takes who does it, and a number that chooses among what is there."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._services = room.services
        self._uploads: list[Upload | None] = []

    async def act(self, what: str, member: int, which: int) -> None:
        """Do what goes by that name."""
        await getattr(self, what)(member or self._leader(what), which)

    def _leader(self, what: str) -> int:
        """Return who may do something, if anybody may."""
        world = self._world
        told, sitting, date = world.told, world.sitting, world.date
        if what in ACTS["readings"]:
            return told.by if told else MEMBERS[0]
        if what in ACTS["sessions"]:
            return sitting.host if sitting else MEMBERS[0]
        return date.host if date else MEMBERS[0]

    @property
    def _world(self) -> World:
        return min(self._room.orders.worlds, key=repr)

    async def _do(self, deed: Deed, work: Awaitable[object]) -> object:
        """Do something, and see whether what came of it can be explained."""
        number = self._room.orders.begin(deed)
        result: object = None
        try:
            counted = await work
            result = COUNTED.get(type(counted), counted)
        except PageTurned:
            result = "stale"
        except Refusal as refusal:
            result = type(refusal).__name__
        except NotKeptError:
            result = UNKEPT
        self._room.orders.end(number, result)
        return result

    # ---- drafts and stories

    async def bring(self, member: int, _which: int) -> None:
        number = len(self._uploads)
        self._uploads.append(None)

        async def work() -> str:
            name = f"{_title(number)}.txt"
            self._uploads[number] = await self._services.drafts.bring(GUILD, member, name, TEXT)
            return OK

        await self._do(model.Brings(member, number), work())

    async def change(self, _member: int, which: int) -> None:
        if found := self._upload(which):
            number, upload = found

            async def work() -> str:
                changed = await self._services.drafts.change(upload, _with_longer_name)
                return changed.story.povs[0].name

            await self._do(model.Changes(upload.member, number), work())

    async def keep(self, _member: int, which: int) -> None:
        if found := self._upload(which):
            number, shown = found
            taken: list[Upload] = []

            async def take() -> str:
                taken.append(self._services.drafts.take(GUILD, shown.member, shown.number))
                return taken[0].story.povs[0].name

            async def put_back() -> str:
                self._services.drafts.put_back(taken[0])
                return OK

            pov = await self._do(model.Takes(shown.member, number), take())
            if taken:
                kept = self._services.imports.keep(GUILD, taken[0].story, shown.member)
                if await self._do(model.Keeps(_title(number), str(pov)), _ok(kept)) != OK:
                    await self._do(model.PutsBack(shown.member, number, str(pov)), put_back())

    async def remove(self, member: int, which: int) -> None:
        title = self._any_title(which)
        await self._do(model.Removes(title), _ok(self._services.imports.remove(GUILD, title, member)))

    def drafts(self) -> tuple[tuple[int, int, str], ...]:
        """The drafts that are there: whose, which, and what their POV is called."""
        numbers = {upload.number: number for number, upload in enumerate(self._uploads) if upload}
        pieces = self._services.drafts._pieces.values()
        return tuple(sorted((each.member, numbers[each.number], each.story.povs[0].name) for each in pieces))

    def _upload(self, which: int) -> tuple[int, Upload] | None:
        """Choose a draft: one that is there, or any that ever was."""
        found = [(number, upload) for number, upload in enumerate(self._uploads) if upload]
        there = {number for _, number, _ in self._world.drafts}
        found = [each for each in found if each[0] in there or which % 4 == 0] or found
        return found[which % len(found)] if found else None

    def _any_title(self, which: int) -> str:
        """Choose a story: one that is there, or any that was ever handed in."""
        there = sorted(title for title, _ in self._world.stories)
        if there and which % 4:
            return there[which % len(there)]
        return _title(which % max(1, len(self._uploads)))

    # ---- readings

    async def start(self, member: int, which: int) -> None:
        title = "tale" if which % 4 else self._any_title(which // 4)
        await self._do(model.Starts(title, member), _ok(self._services.readings.start(GUILD, CHANNEL, member, title)))

    async def press(self, member: int, _which: int) -> None:
        if here := await self._standing():
            await self._do(model.Presses(member, *here), self._services.votes.press(GUILD, *here, Member(member)))

    async def restart(self, member: int, _which: int) -> None:
        if here := await self._standing():
            again = self._services.readings.restart(GUILD, *here, Member(member))
            await self._do(model.Restarts(member, *here), _ok(again))

    async def stop(self, member: int, _which: int) -> None:
        if here := await self._standing():
            stopped = self._services.readings.stop(GUILD, *here, Member(member))
            await self._do(model.Stops(member, *here), _ok(stopped))

    async def _standing(self) -> tuple[int, int] | None:
        """The reading and step that members see."""
        page = await self._services.store.read.gather_in(CHANNEL)
        return (page.reading.id, page.steps[-1].n) if page else None

    # ---- sessions

    async def open(self, member: int, _which: int) -> None:
        opened = self._services.sessions.open(GUILD, OTHER_CHANNEL, member)
        await self._do(model.Opens(member, self._room.minute), _ok(opened))

    async def join(self, member: int, _which: int) -> None:
        if session := await self._session():
            joined = self._services.sessions.join(GUILD, session, member)
            await self._do(model.Joins(member, session, self._room.minute), _ok(joined))

    async def leave(self, member: int, _which: int) -> None:
        if session := await self._session():
            await self._do(model.Leaves(member, session), _ok(self._services.sessions.leave(GUILD, session, member)))

    async def begin(self, member: int, _which: int) -> None:
        if session := await self._session():
            begun = self._services.sessions.begin(GUILD, session, Member(member))
            await self._do(model.Begins(member, session), _ok(begun))

    async def hand_over(self, member: int, which: int) -> None:
        readers = self._world.sitting.readers if self._world.sitting and which % 4 else ()
        to = (readers or MEMBERS)[which % len(readers or MEMBERS)]
        handed = self._services.sessions.hand_over(GUILD, OTHER_CHANNEL, Member(member), to)
        await self._do(model.HandsOver(member, to), _ok(handed))

    async def end(self, member: int, _which: int) -> None:
        ended = self._services.sessions.stop(GUILD, OTHER_CHANNEL, Member(member))
        await self._do(model.Ends(member), _ok(ended))

    async def _session(self) -> int | None:
        """The session whose card members see."""
        session = await self._services.store.read.session_in(OTHER_CHANNEL)
        return session.id if session else None

    # ---- dates

    async def plan(self, member: int, which: int) -> None:
        minutes = 1 + which % 2
        plan = Plan(f"in {minutes} minutes", "UTC", Repeat.NONE, remind=REMIND)
        planned = self._services.dates.make(GUILD, OTHER_CHANNEL, member, plan)
        await self._do(model.Plans(member, self._room.minute + minutes), _ok(planned))

    async def move(self, member: int, which: int) -> None:
        minutes = 1 + which % 3
        moved = self._services.dates.move(GUILD, OTHER_CHANNEL, Member(member), f"in {minutes} minutes")
        await self._do(model.Moves(member, self._room.minute + minutes), _ok(moved))

    async def cancel(self, member: int, _which: int) -> None:
        cancelled = self._services.dates.cancel(GUILD, OTHER_CHANNEL, Member(member))
        await self._do(model.Cancels(member), _ok(cancelled))

    async def go(self, member: int, _which: int) -> None:
        if date := await self._services.queries.date_in(OTHER_CHANNEL):
            at = int(date.at.timestamp())
            said = self._services.rsvps.say(GUILD, date.id, at, member, Coming.GOING)
            await self._do(model.Says(member, self._room.minute_of(date.at), self._room.minute), _ok(said))

    async def come_due(self, _member: int = 0, _which: int = 0, *, surely: bool = False) -> None:
        """Have come what is due; `surely` says that the database takes it."""
        await self._do(model.Comes(self._room.minute, surely), _ok(self._services.schedule.carry_out_due()))


def _title(number: int) -> str:
    return f"rain {number}"


async def _ok(work: Awaitable[object]) -> str:
    await work
    return OK


def _with_longer_name(draft: Draft) -> Draft:
    [pov] = {part.pov for part in draft.parts if part.pov}
    return rename_pov(draft, pov, pov + "a")
