"""What members are told in private: whether it is still wanted, and who cannot be written to."""

from story.rules.delivery import Delivery
from story.services.queries import Clock
from story.store import Store


class Directs:
    """Knows what is still to be told in private.

    `unreached` are the members whom Discord does not let the bot write to, and who have not been told so. Nothing more
    is tried with them until they ask for it again.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self.unreached: frozenset[int] = frozenset()

    async def load(self) -> None:
        """Learn who could not be written to before the bot was started."""
        self.unreached = frozenset(await self._store.read.unreached())

    async def wants_reminder(self, reminder: Delivery) -> bool:
        """Whether a member still wants to be reminded of a date, which is still to come at that time."""
        date = await self._store.read.date(reminder.subject)
        if date is None or date.waits or date.at.timestamp() != reminder.data["at"] or date.at <= self._clock():
            return False
        rsvp = await self._store.read.rsvp(date.id, reminder.channel)
        return rsvp.remind and rsvp.may_come

    async def not_reached(self, member: int) -> None:
        """Note that a member cannot be written to; whatever they were to be told in private is switched off."""
        async with self._store.transaction() as tx:
            await tx.set_unreached(member)
        self.unreached |= {member}

    async def told(self, member: int) -> None:
        """Note that a member knows that they could not be written to."""
        async with self._store.transaction() as tx:
            await tx.forget_unreached(member)
        self.forget(member)

    def forget(self, member: int) -> None:
        """Forget that a member could not be written to; the database has forgotten it."""
        self.unreached -= {member}
