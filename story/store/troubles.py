"""What is wrong in servers, as long as it is."""

from story.rules.trouble import Trouble, TroubleKind
from story.store.rows import Connected


class TroubleReads(Connected):
    """Reads what is wrong."""

    async def channels_in_trouble(self, *kinds: TroubleKind) -> set[int]:
        """Return the channels in which something of these kinds is wrong."""
        marks = ", ".join("?" * len(kinds))
        return {
            channel for (channel,) in await self._rows(f"SELECT channel FROM trouble WHERE kind IN ({marks})", *kinds)
        }


class TroubleWrites(Connected):
    """Writes what is wrong."""

    async def add_trouble(self, trouble: Trouble, at: float) -> bool:
        """Note that something is wrong; return whether that is news."""
        return bool(
            await self._rows(
                "INSERT INTO trouble (channel, kind, guild, n, why, since) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (channel, kind) DO UPDATE"
                " SET n = excluded.n, why = excluded.why, since = excluded.since"
                " WHERE trouble.n <> excluded.n OR trouble.why <> excluded.why RETURNING channel",
                trouble.channel,
                trouble.kind,
                trouble.guild,
                trouble.n,
                trouble.why,
                at,
            )
        )

    async def end_trouble(self, channel: int, *kinds: TroubleKind) -> None:
        """Note that a trouble in a channel is over."""
        marks = ", ".join("?" * len(kinds))
        await self._rows(f"DELETE FROM trouble WHERE channel = ? AND kind IN ({marks})", channel, *kinds)
