"""What several processes that share the shards ask of their database."""

from collections.abc import Callable
from typing import Protocol

from story.rules.shards import Shards

LOOK_EVERY = 1.0
"""Seconds between two looks for a shard that is free."""


class ShardLeases(Protocol):
    """The leases of one process: a shard is whose lease on it is, until that gives it up or is dead or frozen."""

    owned: Shards
    """The shards that are this process's."""

    @property
    def processes(self) -> int:
        """How many processes there are, this one included."""

    async def agree(self, wanted: int) -> int:
        """Agree with the other processes how many shards there are in all; return it.

        The first to come has its way, and whoever comes while none of them is at work.
        """

    async def claim(self) -> int | None:
        """Take a lease on a shard that is free, if this process has less than its share; return its number."""

    def surplus(self) -> int | None:
        """Return a shard to give up, if this process has more than its share and none is free."""

    def leave(self, shard: int) -> None:
        """Begin to give a shard up: it is none of `owned` from here on."""

    async def release(self, shard: int) -> None:
        """Give a shard up that was left, for another process to take."""

    async def turn_to_identify(self, bucket: int) -> float:
        """Reserve the next turn to identify, one in five seconds for a bucket; return the seconds until it begins."""

    async def tell(self) -> None:
        """Tell the other processes, with the transaction under way, that it changes what they have in memory, too."""

    def when_told(self, told: Callable[[], None]) -> None:
        """Have something done when another process has told so."""

    async def changed(self) -> None:
        """Wait a moment, or until another process has given something up."""
