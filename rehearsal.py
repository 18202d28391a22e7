"""The rehearsal: the same bot on a pretend Discord, as a page on this machine. It needs no token."""

import asyncio
import contextlib
import importlib.util
import logging
import signal
import sys
import webbrowser
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cogs.client import Storyteller
from cogs.ui import layouts, texts
from config import Config
from rehearsal_page import act_alone, dress
from story.services.container import Services
from story.services.library import Library
from story.store import open_store
from story.store.opening import scratch

if TYPE_CHECKING:
    from simcord import Env, Preview

log = logging.getLogger(__name__)

MEMBERS = ("Ann", "Ben", "Cleo")
"""Who takes part; the first is the server's owner, so that one can try what takes permissions."""
CHANNEL = "story-night"
PACKAGES = ("simcord", "aiohttp", "linkify_it", "regex", "PIL", "av")
"""The rehearsal's packages: simcord, and what its page needs."""
TICK = 1.0
"""How many seconds lie between two looks at the clock."""
SKIP = timedelta(minutes=5)
"""How much time the page's button skips."""
MISSING_PACKAGES = 3
"""The exit code if the rehearsal's packages are not installed."""


class _Time:
    """The bot's clock: the pretend Discord's, once there is one.

    It follows the real one, and is `ahead` of it by the time skipped.
    """

    def __init__(self) -> None:
        self.ahead = timedelta()
        self.source: Callable[[], datetime] = lambda: datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.source()

    def skip(self) -> float:
        """Skip some time; return how many seconds it is ahead from now on."""
        self.ahead += SKIP
        return self.ahead.total_seconds()

    def behind(self) -> timedelta:
        """Return how far it lags behind."""
        return datetime.now(UTC) + self.ahead - self.source()


def rehearse(config: Config, library: Library, *, port: int = 0, open_browser: bool = True) -> int:
    """Serve the rehearsal until Ctrl-C, or until somebody ends it on the page; return the exit code.

    It has a database of its own, of the kind that the settings name, which is deleted afterwards.

    Raises:
        UnusableDatabaseError: none can be made there; the message says why and what to do.
    """
    missing = [package for package in PACKAGES if importlib.util.find_spec(package) is None]
    if missing:
        _say(f"The rehearsal needs packages that are not installed ({', '.join(missing)}):")
        _say("pip install -r requirements/rehearsal.txt")
        return MISSING_PACKAGES
    # simcord tries discord.py out when it is imported, and discord.py warns of what it is tried with.
    logging.getLogger("discord").setLevel(logging.ERROR)
    asyncio.run(_serve(config, library, port=port, open_browser=open_browser))
    return 0


async def _serve(config: Config, library: Library, *, port: int, open_browser: bool) -> None:
    stop = asyncio.Event()
    _stop_at_signals(stop)
    # The pretend Discord forgets everything, so what the bot remembers of it must go, too.
    async with scratch(config.database_place) as place, open_store(place) as store:
        time = _Time()
        services = Services.of(store, library, time, config.defaults, config.limits)
        await _perform(services, time, stop, port=port, open_browser=open_browser)
    _say("\nThe rehearsal is over.")


async def _perform(services: Services, time: _Time, stop: asyncio.Event, *, port: int, open_browser: bool) -> None:
    import simcord  # noqa: PLC0415 - see rehearse

    bot = Storyteller(services, shard_count=1)
    env = simcord.Env(bot, check_errors=False)
    # Before the bot has any timer: each would be run as often as it comes up on the way to today.
    env.backend.advance_clock((datetime.now(UTC) - env.now()).total_seconds())
    time.source = env.now
    answer_errors = bot.tree.on_error
    await env.start()
    # simcord would count each error that the tree answers as a crash, and its page would wait for an outcome for good.
    bot.tree.on_error = answer_errors  # type: ignore[method-assign] # simcord has replaced it in the same way
    try:
        if bot.user:
            await bot.user.edit(username=texts.NAME)
        async with _open_page(env, port, time) as preview:
            # A greeting that was there before the page would be what it scrolls back to.
            await bot.get_partial_messageable(preview.channel.id).send(view=layouts.notice(texts.rehearsal(MEMBERS[0])))
            _announce(preview.url, open_browser=open_browser)
            await Live(env, preview, time).run(stop)
    finally:
        await env.shutdown()


def _open_page(env: "Env", port: int, time: _Time) -> "Preview":
    users = [env.create_user(name.lower(), global_name=name) for name in MEMBERS]
    guild = env.create_guild("The reading room", owner=users[0])
    channel = guild.create_text_channel(CHANNEL, topic=texts.t("rehearsal.topic"))
    members = [guild.add_member(user) for user in users]
    preview = env.preview(channel, viewers=members, layout="channel", port=port)
    dress(preview, time.skip)
    return preview


def _announce(url: str, *, open_browser: bool) -> None:
    _say(f"The rehearsal is at {url}\nCtrl-C ends it.")
    _say("For a real server, put the bot's token into .env as DISCORD_TOKEN; the README says how to get one.")
    if open_browser:
        with contextlib.suppress(webbrowser.Error):
            webbrowser.open(url)


class Live:
    """Keeps the page live: the pretend Discord's clock follows the real one, and the page follows the bot."""

    def __init__(self, env: "Env", preview: "Preview", time: _Time) -> None:
        self._env = env
        self._time = time
        self._preview = preview
        self._lock = asyncio.Lock()
        self._shown = -1
        act_alone(preview, self._alone)

    async def run(self, stop: asyncio.Event) -> None:
        """Run until told to stop, or until the page ends the rehearsal."""
        ends = [asyncio.ensure_future(stop.wait()), asyncio.ensure_future(self._preview.wait_closed())]
        try:
            while not (await asyncio.wait(ends, timeout=TICK, return_when=asyncio.FIRST_COMPLETED))[0]:
                async with self._alone():
                    await self._refresh()
        finally:
            for end in ends:
                end.cancel()

    @contextlib.asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        """Let nothing else move, above all the clock: what arrives while that moves would be refused."""
        async with self._lock:
            await self._catch_up()
            yield

    async def _catch_up(self) -> None:
        try:
            await self._env.advance_time(max(self._time.behind().total_seconds(), 0))
        except TimeoutError:
            log.warning("the bot is busy; its clock catches up at the next tick")
        self._preview.capture_time = self._env.now()

    async def _refresh(self) -> None:
        """Show what has happened, if anything: showing the same again would close what is open on the page."""
        happened = len(self._env.backend.transcript)
        if happened == self._shown:
            return
        try:
            await self._preview.refresh()
            self._shown = happened
        except TimeoutError:
            log.warning("the bot is busy; the page is brought up to date at the next tick")


def _stop_at_signals(stop: asyncio.Event) -> None:
    if sys.platform != "win32":
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - this is for whoever typed the command
