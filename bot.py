"""The entry: reads the settings, opens the store and the library, and runs the bot, or the rehearsal."""

import argparse
import asyncio
import importlib.util
import logging
import os
import signal
import sys
from collections.abc import Coroutine
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import discord

from cogs.client import Storyteller
from cogs.core.discretion import DiscreetHandler, keep_quiet
from cogs.core.in_flight import LAST_ANSWERS
from cogs.core.library_watch import LibraryWatch
from config import BadConfigError, Config, Health, load_config, variable_of
from story.errors import NotKeptError
from story.services.container import Services
from story.services.library import Library, load_library
from story.services.starts import Starts
from story.store import UnusableDatabaseError, Use, open_store
from story.store.database import Where
from story.store.lock import exclusive_use
from story.workers.processes import Processes

log = logging.getLogger(__name__)

CONFIG = "config.toml"
BAD_SETTINGS = 2
"""The exit code if a setting, a story or the command line needs fixing first."""
UNREACHABLE = 1
"""The exit code if it is worth trying again later."""
TO_BE_GONE = 5.0
"""In how many seconds a bot has to be gone after another has taken over, whatever it is doing."""


def main(arguments: list[str] | None = None, home: Path = Path(__file__).parent) -> int:
    """Run the command line, with the settings in a folder; return the exit code."""
    options = _parse(arguments)
    try:
        file = options.config or home / CONFIG
        config = load_config(file, required=options.config is not None)
        set_up_logging(config)
        if config.exposed:
            log.warning("%s: others on this machine can read the token in it; chmod 600 it", config.exposed)
        library = load_stories(config, file, strict=options.check)
        if options.check:
            _say(_summary(config, library))
            return 0
        if _rehearses(options, config):
            from rehearsal import rehearse  # noqa: PLC0415 - its packages are needed for nothing else

            return rehearse(config, library, port=options.port, open_browser=options.browser)
        use = _use(options)
        with _exclusive_use(config.database_place, use):
            return _run(perform(config, library, use, shards=options.shards))
    except (BadConfigError, UnusableDatabaseError) as error:
        _say(str(error))
        return BAD_SETTINGS


def run_command_line() -> int:
    """Run the command `storyteller`, with the settings and database of the current folder."""
    return main(home=Path.cwd())


def _use(options: argparse.Namespace) -> Use:
    """Return what else may use the database of a bot that was started like this."""
    if options.shards is not None:
        return Use.SHARED
    return Use.STAND_BY if options.stand_by else Use.ALONE


def _exclusive_use(where: Where, use: Use) -> AbstractContextManager[None]:
    """Keep a database file to this bot; with a database server, the connection does that.

    Raises:
        BadConfigError: it should stand by for a file or share it, which no other machine can have.
    """
    if not isinstance(where, Path):
        return nullcontext()
    if use is not Use.ALONE:
        flag = "--shards" if use is Use.SHARED else "--stand-by"
        raise BadConfigError([f"{flag} needs PostgreSQL as database.url; docs/scaling.md says how to change over"])
    return exclusive_use(where)


def _rehearses(options: argparse.Namespace, config: Config) -> bool:
    """Whether to run the rehearsal.

    A hosting panel or a container without a token is no newcomer at a terminal: some give the bot a terminal, but none
    has the rehearsal's packages.

    Raises:
        BadConfigError: there is no token, and nobody to rehearse for.
    """
    if options.rehearse or (options.or_rehearse and not config.token):
        return True
    if config.token:
        return False
    if os.isatty(0) and os.isatty(2) and importlib.util.find_spec("simcord"):
        return True
    raise BadConfigError(
        [f"there is no token: set {variable_of('discord.token')}, or discord.token in {CONFIG}; --rehearse needs none"]
    )


def _summary(config: Config, library: Library) -> str:
    """Return every setting as its variable would say it, with where it is from, and the library."""
    lines = [(f"{each.variable}={each.value}", each.source) for each in config.settings()]
    width = max(len(line) for line, _ in lines)
    shown = [f"{line:{width}}  # {source}" for line, source in lines]
    titles = ", ".join(story.title for story in library)
    return "\n".join([*shown, f"settings and stories are fine; in the library: {titles}"])


def load_stories(config: Config, file: Path, *, strict: bool) -> Library:
    """Load the library; a story with mistakes is left out and logged.

    With `strict` that is an error.

    Raises:
        BadConfigError: the default story is missing, or with `strict` there are mistakes.
    """
    library, mistakes = load_library(config.story_folders)
    if strict and mistakes:
        raise BadConfigError([str(mistake) for mistake in mistakes])
    for mistake in mistakes:
        log.error("a story is left out: %s", mistake)
    if library.get(config.stories.default) is None:
        known = ", ".join(story.id for story in library)
        raise BadConfigError([f"{file}: stories.default: expected one of {known}, not {config.stories.default!r}"])
    return library


def set_up_logging(config: Config) -> None:
    """Send the log to standard error, as text for people or as a JSON object for each line."""
    handler = DiscreetHandler()
    handler.setFormatter(_formatter(config.log.format))
    logging.basicConfig(level=config.log.level, handlers=[handler], force=True)
    keep_quiet()


def _formatter(form: str) -> logging.Formatter:
    if form == "text":
        return logging.Formatter("{asctime} {levelname:<8} {name}: {message}", style="{")
    from pythonjsonlogger.orjson import OrjsonFormatter  # noqa: PLC0415 - few ask for it

    return OrjsonFormatter("{asctime}{levelname}{name}{message}", style="{")


async def perform(config: Config, library: Library, use: Use = Use.ALONE, *, shards: int | None = None) -> int:
    """Run the bot on Discord until it is told to stop; return the exit code.

    `use` says what else may use its database. `shards` is how many there are in all; None or 0 is as many as Discord
    recommends.
    """
    async with (
        open_store(config.database_place, use) as store,
        Processes() as workers,
        Storyteller(
            Services.of(store, library, now, config.defaults, config.limits, workers=workers),
            shard_count=shards or None,
        ) as bot,
    ):
        ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        _end_when_told(bot, ended)
        _end_when_taken(bot, ended)
        work = asyncio.create_task(_work(bot, config, library))
        try:
            await asyncio.wait([work, ended], return_when=asyncio.FIRST_COMPLETED)
        finally:
            # discord.py overlooks being cancelled while it connects again; once it is closed, it stops all the same.
            await bot.close()
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
        return ended.result() if ended.done() else work.result()


async def _work(bot: Storyteller, config: Config, library: Library) -> int:
    """Stay on Discord until told to stop; return the exit code."""
    await _pause_before_a_start(bot.services.starts)
    await bot.add_cog(LibraryWatch(library, bot.services.troubles.look_over))
    try:
        await _open_monitor(bot, config.health)
        await bot.start(config.token)
    except discord.LoginFailure:
        _say("discord.token: Discord refuses the token; copy it again from the developer portal")
        return BAD_SETTINGS
    except (aiohttp.ClientError, discord.DiscordServerError, discord.GatewayNotFound) as error:
        _say(f"Discord cannot be reached: {error}; check the network and start again")
        return UNREACHABLE
    return 0


async def _open_monitor(bot: Storyteller, health: Health) -> None:
    """Open /health and /metrics, if the settings ask for it.

    Raises:
        BadConfigError: the bot can't listen there.
    """
    if not health.port:
        return
    from cogs.core.monitor import Monitor  # noqa: PLC0415 - a server and a client library that few ask for

    try:
        await bot.add_cog(Monitor(bot, bot.services.vitals.look, health.address, health.port))
    except OSError as error:
        raise BadConfigError(
            [f"health.port: {health.address}:{health.port} cannot be opened: {error.strerror}"]
        ) from None


async def _pause_before_a_start(starts: Starts) -> None:
    """Wait a while, if the bot has been started again and again."""
    try:
        times, pause = await starts.note()
    except NotKeptError:
        return  # the store has said so
    if pause:
        log.warning(
            "started %d times within an hour: waiting %d s, so that Discord's 1,000 starts a day last;"
            " what ended it should stand above",
            times,
            pause.total_seconds(),
        )
        await asyncio.sleep(pause.total_seconds())


def now() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)


def _say(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201 - this is for whoever typed the command


def _end_when_told(bot: Storyteller, ended: asyncio.Future[int]) -> None:
    """Let SIGTERM and Ctrl-C end the bot after the answers under way; a second one changes nothing."""
    leaving: list[asyncio.Task[None]] = []

    async def leave() -> None:
        await bot.in_flight.close(LAST_ANSWERS)
        if not ended.done():
            log.info("told to stop")
            ended.set_result(0)

    def told() -> None:
        if not leaving:
            leaving.append(asyncio.create_task(leave()))

    if sys.platform != "win32":
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, told)


def _end_when_taken(bot: Storyteller, ended: asyncio.Future[int]) -> None:
    """Answer nobody when another bot has taken over, and end at once."""

    def taken() -> None:
        bot.in_flight.shut()
        if not ended.done():
            _say("another bot has taken over; this one has ended")
            ended.set_result(UNREACHABLE)
            # Discord tells both of everything until this one is gone.
            asyncio.get_running_loop().call_later(TO_BE_GONE, os._exit, UNREACHABLE)

    bot.services.store.when_taken(taken)


def _run(job: Coroutine[Any, Any, int]) -> int:
    """Run to the end on the platform's fastest event loop; Ctrl-C ends it even before it runs."""
    loop_factory = importlib.import_module("uvloop").new_event_loop if importlib.util.find_spec("uvloop") else None
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        try:
            return runner.run(job)
        except KeyboardInterrupt:
            return 0


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="A Discord bot that reads a story with a server, vote by vote.")
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings to use instead of config.toml")
    parser.add_argument("--check", action="store_true", help="check the settings and the stories, and end")
    several = parser.add_argument_group("several processes, on PostgreSQL").add_mutually_exclusive_group()
    several.add_argument(
        "--stand-by", action="store_true", help="wait while another bot uses the database, and take over"
    )
    several.add_argument(
        "--shards",
        type=_number_of_shards,
        metavar="auto|N",
        help="share so many shards with the other processes, or as many as Discord recommends",
    )
    rehearsal = parser.add_argument_group("the rehearsal")
    rehearsal.add_argument("--rehearse", action="store_true", help="run on a pretend Discord, even if there is a token")
    rehearsal.add_argument("--or-rehearse", action="store_true", help="run on a pretend Discord if there is no token")
    rehearsal.add_argument(
        "--port", type=int, default=0, help="the port on 127.0.0.1 for its page (default: any free one)"
    )
    rehearsal.add_argument("--no-browser", dest="browser", action="store_false", help="do not open its page")
    return parser.parse_args(arguments)


def _number_of_shards(text: str) -> int:
    """Return how many shards there are in all, 0 for as many as Discord recommends."""
    if text == "auto":
        return 0
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


if __name__ == "__main__":
    sys.exit(main())
