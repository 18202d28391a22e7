"""Who can be written to in private."""

from story.store.rows import Connected


class DirectReads(Connected):
    """Reads who cannot be written to."""

    async def unreached(self) -> set[int]:
        """Return the members who could not be written to, and have not been told so."""
        return {member for (member,) in await self._rows("SELECT member FROM unreached")}


class DirectWrites(Connected):
    """Writes who cannot be written to."""

    async def set_unreached(self, member: int) -> None:
        """Note that a member cannot be written to, and have them reminded of nothing in private any more."""
        await self._rows("INSERT INTO unreached (member) VALUES (?) ON CONFLICT (member) DO NOTHING", member)
        await self._rows("DELETE FROM rsvp WHERE member = ? AND says IS NULL", member)
        await self._rows("UPDATE rsvp SET remind = 0 WHERE member = ?", member)

    async def forget_unreached(self, member: int) -> None:
        """Forget that a member could not be written to."""
        await self._rows("DELETE FROM unreached WHERE member = ?", member)
