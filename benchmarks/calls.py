"""How often the bot asks its database for a page turned: each call is a hop to another thread and back."""

from benchmarks.commands import Places
from benchmarks.counted import calls_of
from benchmarks.rows import Row, value
from benchmarks.scale import Run
from benchmarks.setting import make_setting
from benchmarks.sides import COUNTED, open_side


async def calls(run: Run) -> list[Row]:
    """Turn pages one after another, and count the calls of the database's driver."""
    config, number = make_setting(run.folder, run.scale.scenes), run.scale.commands
    async with open_side(config, COUNTED, channels=run.scale.places) as side:
        places = Places(side, [side.wire.channel(i + 1) for i in range(run.scale.places)])
        await places.begin()
        await side.cpu()
        before = calls_of(config)
        await places.give("next", number)
        await side.cpu()
        made = calls_of(config) - before
    return [value("calls of the database's driver a page turned", made / number, at_most=12)]
