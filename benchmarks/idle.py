"""A bot that has come up and does nothing: how much memory it holds, beside a stock one."""

import asyncio
from statistics import median

from benchmarks.rows import Row, compare, value
from benchmarks.scale import Run
from benchmarks.setting import make_setting
from benchmarks.sides import OURS, STOCK, open_side

MIB = 2**20
NAME = "an idle bot in one server: memory"


async def idle(run: Run) -> list[Row]:
    """Start both bots in turn, and look at their memory once they have come to rest."""
    config = make_setting(run.folder)
    held: dict[str, list[float]] = {OURS: [], STOCK: []}
    for _ in range(run.scale.rounds):
        for module, sizes in held.items():
            async with open_side(config, module) as side:
                await asyncio.sleep(run.scale.rest)
                await side.cpu()
                sizes.append(side.bot.memory() / MIB)
    ours, stock = held[OURS], held[STOCK]
    return [compare(NAME, ours, stock, " MiB", 1.25), value(f"{NAME}, alone", median(ours), " MiB", 65)]
