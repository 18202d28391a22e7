"""What members want to be told in private, and who can't be reached."""

from datetime import datetime

from story.rules.delivery import Direct
from story.store.rows import Connected, instant


class DirectReads(Connected):
    """Reads what members want to be told, and who can't be reached."""

    async def alerts(self, guild: int, member: int) -> frozenset[Direct]:
        """Return which alerts a member has on in a server."""
        rows = await self._rows("SELECT kind FROM alert WHERE member = ? AND guild = ?", member, guild)
        return frozenset(Direct(kind) for (kind,) in rows)

    async def warns(self, guild: int) -> bool:
        """Whether anybody in a server wants to be told that a vote closes soon."""
        return bool(await self._rows("SELECT 1 FROM alert WHERE guild = ? AND kind = 'closing' LIMIT 1", guild))

    async def closing(self, guild: int) -> list[tuple[int, datetime]]:
        """Return which readings of a server have a vote that closes by the clock, and when."""
        rows = await self._rows(
            "SELECT subject, at FROM timer WHERE guild = ? AND kind = 'ballot' AND detail IN ('clock', 'serial')", guild
        )
        return [(reading, instant(at)) for reading, at in rows]

    async def to_warn(self, guild: int, reading_id: int, n: int) -> list[int]:
        """Return whom to tell that the vote under a step closes soon.

        Those who asked for it in the server, have pressed something in the reading, and have not answered.
        """
        rows = await self._rows(
            "SELECT member FROM alert WHERE guild = ?1 AND kind = 'closing'"
            " AND EXISTS (SELECT 1 FROM press WHERE press.member = alert.member AND reading = ?2)"
            " AND NOT EXISTS (SELECT 1 FROM press WHERE press.member = alert.member AND reading = ?2 AND n = ?3"
            " AND (ready = 1 OR pov IS NOT NULL)) ORDER BY member",
            guild,
            reading_id,
            n,
        )
        return [member for (member,) in rows]

    async def unreached(self) -> set[int]:
        """Return the members who could not be reached, and do not know that yet."""
        return {member for (member,) in await self._rows("SELECT member FROM unreached")}


class DirectWrites(Connected):
    """Writes what members want to be told, and who can't be reached."""

    concerns_all: bool

    async def set_alert(self, guild: int, member: int, what: Direct, *, on: bool) -> None:
        """Switch an alert on or off for a member in a server."""
        if on:
            add = (
                "INSERT INTO alert (guild, kind, member) VALUES (?, ?, ?) ON CONFLICT (guild, kind, member) DO NOTHING"
            )
            await self._rows(add, guild, what, member)
        else:
            await self._rows("DELETE FROM alert WHERE guild = ? AND kind = ? AND member = ?", guild, what, member)

    async def set_unreached(self, member: int) -> None:
        """Note that a member can't be reached, and switch off everything they would be told."""
        self.concerns_all = True
        await self._rows("INSERT INTO unreached (member) VALUES (?) ON CONFLICT (member) DO NOTHING", member)
        await self._rows("DELETE FROM rsvp WHERE member = ? AND says IS NULL", member)
        await self._rows("UPDATE rsvp SET remind = 0 WHERE member = ?", member)
        await self._rows("DELETE FROM alert WHERE member = ?", member)

    async def forget_unreached(self, member: int) -> None:
        """Forget that a member could not be reached."""
        self.concerns_all = True
        await self._rows("DELETE FROM unreached WHERE member = ?", member)
