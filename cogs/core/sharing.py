"""Several processes share Discord's shards: this one opens its own, and closes those it gives up."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable

import discord
from discord.ext import commands

from cogs.core.in_flight import LAST_ANSWERS, InFlight
from cogs.core.private_api import divide, forget_shard, recommended_shards
from story.errors import NotKeptError, TakenError
from story.rules.shards import Shards, shard_of
from story.store import Store
from story.store.shards import LOOK_EVERY, ShardLeases

log = logging.getLogger(__name__)

TO_CONNECT = 2.0
"""How many seconds before its turn to identify a shard connects."""
LATE = 1.0
"""How many seconds after its turn a shard may still identify; later, it takes another."""


class Sharing(commands.Cog):
    """Opens the shards on which this process holds leases. Dispatches `shard_heard` (shard) once its servers are known.

    It takes the next shard when the last one has been opened, so that processes that start together divide the shards.
    """

    def __init__(
        self,
        bot: commands.AutoShardedBot,
        store: Store,
        leases: ShardLeases,
        *,
        in_flight: InFlight,
        leave: Callable[[Shards], Awaitable[None]],
    ) -> None:
        """Share the shards; `leave` ends what is under way in the servers of those that are given up."""
        self._bot = bot
        self._store = store
        self._leases = leases
        self._in_flight = in_flight
        self._leave = leave
        self._at_once = 1
        self._open: list[int] = []
        self._heard: defaultdict[int, asyncio.Event] = defaultdict(asyncio.Event)
        self._turns: dict[int, float] = {}
        self._work: asyncio.Task[None] | None = None

    @property
    def heard(self) -> Shards:
        """The shards of this process whose servers Discord has listed."""
        owned = self._leases.owned
        return Shards(frozenset(each for each in owned.numbers if self._heard[each].is_set()), owned.of)

    async def agree(self) -> None:
        """Agree with the other processes how many shards there are: as many as were asked for, or Discord recommends.

        Raises:
            NotKeptError: the database cannot be reached.
            discord.GatewayNotFound: Discord cannot.
        """
        recommended, self._at_once = await recommended_shards(self._bot)
        of = await self._leases.agree(self._bot.shard_count or recommended)
        divide(self._bot, self._open, of)

    def start(self) -> None:
        """Begin to open shards."""
        self._work = asyncio.create_task(self._go_on())

    async def cog_unload(self) -> None:
        """Stop taking shards."""
        if self._work:
            self._work.cancel()

    async def wait_until_heard(self, guild: int) -> None:
        """Wait until Discord has listed the servers of the shard that a server belongs to."""
        await self._heard[shard_of(guild, self._leases.owned.of)].wait()

    async def wait_to_identify(self, shard: int) -> None:
        """Wait for the turn of a shard; all processes take turns."""
        now = asyncio.get_running_loop().time
        turn = self._turns.pop(shard, 0.0)
        if turn < now() - LATE:
            turn = await self._reserve(shard)
        await asyncio.sleep(turn - now())

    async def _reserve(self, shard: int) -> float:
        """Reserve the next turn to identify; return its time by the clock of the event loop."""
        while True:
            try:
                pause = await self._leases.turn_to_identify(shard % self._at_once)
            except NotKeptError as error:
                log.warning("shard %d cannot identify yet: %s", shard, error)
                await asyncio.sleep(LOOK_EVERY)
            else:
                return asyncio.get_running_loop().time() + pause

    @commands.Cog.listener()
    async def on_shard_ready(self, shard: int) -> None:
        """Note that Discord has listed a shard's servers."""
        self._heard[shard].set()
        self._bot.dispatch("shard_heard", shard)

    async def _go_on(self) -> None:
        while True:
            try:
                if not await self._change():
                    await self._leases.changed()
            except TakenError:
                return
            except NotKeptError as error:
                log.warning("no shard can be taken or given up for now: %s", error)
                await asyncio.sleep(LOOK_EVERY)
            except Exception:
                # It must go on: if it ended, no shard would be taken over any more.
                log.exception("no shard can be taken or given up for now")
                await asyncio.sleep(LOOK_EVERY)

    async def _change(self) -> bool:
        """Take what is free, or else give up a shard above the share; return whether anything was done."""
        for _ in range(self._at_once):
            if await self._leases.claim() is None:
                break
        new = sorted(self._leases.owned.numbers.difference(self._open))
        if new:
            self._open += new
            self._store.look_again()
            await asyncio.gather(*map(self._take_up, new))
            return True
        surplus = self._leases.surplus()
        # A shard that is still connecting, or connecting again, is left alone for now.
        if surplus is None or not self._heard[surplus].is_set() or self._bot.shards[surplus].is_closed():
            return False
        await self._give_up(surplus)
        return True

    async def _take_up(self, shard: int) -> None:
        log.info("shard %d is taken", shard)
        turn = self._turns[shard] = await self._reserve(shard)
        # discord.py takes a connection for dead on which it waits for long.
        await asyncio.sleep(turn - asyncio.get_running_loop().time() - TO_CONNECT)
        await self._bot.launch_shard(discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY, shard)

    async def _give_up(self, shard: int) -> None:
        log.info("shard %d is given up", shard)
        await self._bot.shards[shard].disconnect()
        self._open.remove(shard)
        del self._heard[shard]
        forget_shard(self._bot, shard)
        await self._in_flight.settle(LAST_ANSWERS)
        self._leases.leave(shard)
        try:
            await self._leave(Shards(frozenset({shard}), self._leases.owned.of))
        finally:
            await self._leases.release(shard)
