"""What members are told in private: whether it is still wanted, and who can't be reached."""

from story.rules.delivery import Delivery
from story.services.queries import Clock
from story.store import Store


class Directs:
    """Knows who wants to be told something in private, and who can't be.

    `unreached` are the members whom Discord does not let the bot message, and who do not know that yet. The bot does
    not try again until they ask for something.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self.unreached: frozenset[int] = frozenset()

    async def load(self) -> None:
        """Learn who could not be reached before the bot was started."""
        self.unreached = frozenset(await self._store.read.unreached())

    async def wants_reminder(self, reminder: Delivery) -> bool:
        """Whether a member still wants the reminder of a date, and the date is still at that time."""
        date = await self._store.read.date(reminder.subject)
        if date is None or date.waits or date.at.timestamp() != reminder.data["at"] or date.at <= self._clock():
            return False
        rsvp = await self._store.read.rsvp(date.id, reminder.channel)
        return rsvp.remind and rsvp.may_come

    async def not_reached(self, member: int) -> None:
        """Note that a member can't be reached, and switch off everything they would be told in private."""
        async with self._store.transaction() as tx:
            await tx.set_unreached(member)
        self.unreached |= {member}

    async def told(self, member: int) -> None:
        """Note that a member now knows that the bot could not reach them."""
        async with self._store.transaction() as tx:
            await tx.forget_unreached(member)
        self.forget(member)

    def forget(self, member: int) -> None:
        """Forget that a member could not be reached, as the database has."""
        self.unreached -= {member}
