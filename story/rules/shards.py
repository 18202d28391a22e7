"""Shards: the parts that Discord divides the servers of a bot into."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shards:
    """Some of all shards: their numbers, from 0, and how many there are in all."""

    numbers: frozenset[int]
    of: int

    def have(self, guild: int) -> bool:
        """Whether a server belongs to them; what has no server, and so no number above 0, belongs to shard 0."""
        return shard_of(guild, self.of) in self.numbers


def shard_of(guild: int, of: int) -> int:
    """Return the shard that a server belongs to, by the rule that Discord documents."""
    return (guild >> 22) % of if guild > 0 else 0
