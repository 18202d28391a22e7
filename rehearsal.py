"""The rehearsal: the very same bot on a pretend Discord, as a page on this machine. No token is needed."""

import asyncio
import contextlib
import importlib.util
import logging
import signal
import sys
import tempfile
import webbrowser
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cogs.client import Storyteller
from cogs.ui import layouts, texts
from config import Config
from story.services.container import Services
from story.services.library import Library
from story.store import open_store

if TYPE_CHECKING:
    from simcord import Env, Preview

log = logging.getLogger(__name__)

MEMBERS = ("Ann", "Ben", "Cleo")
CHANNEL = "story-night"
PACKAGES = ("simcord", "aiohttp", "linkify_it", "regex", "PIL", "av")
"""What the rehearsal runs on: simcord, and what its page needs."""
TICK = 1.0
"""Seconds between two looks at the clock."""
MISSING_PACKAGES = 3
"""Exit code where the rehearsal's packages are not installed."""


class _Time:
    """The bot's clock: the pretend Discord's, once there is one.

    It follows the real one, and is `ahead` of it by what was skipped.
    """

    def __init__(self) -> None:
        self.ahead = timedelta()
        self.source: Callable[[], datetime] = lambda: datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.source()

    def behind(self) -> timedelta:
        """Return how far it is behind where it should be."""
        return datetime.now(UTC) + self.ahead - self.source()


def rehearse(config: Config, library: Library, *, port: int = 0, open_browser: bool = True) -> int:
    """Serve the rehearsal until Ctrl-C, or until it is ended on the page; return the exit code.

    It has a database of its own, which is gone afterwards.
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
    with tempfile.TemporaryDirectory(prefix="storyteller-") as folder:
        async with open_store(Path(folder) / "rehearsal.db") as store:
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
    await env.start()
    try:
        if bot.user:
            await bot.user.edit(username=texts.NAME)
        async with _open_page(env, port, time) as preview:
            # A greeting that was there before the page would be what it scrolls back to.
            await bot.get_partial_messageable(preview.channel.id).send(view=layouts.notice(texts.rehearsal()))
            _announce(preview.url, open_browser=open_browser)
            await Live(env, preview, time).run(stop)
    finally:
        await env.shutdown()


def _open_page(env: "Env", port: int, time: _Time) -> "Preview":
    guild = env.create_guild("The reading room")
    channel = guild.create_text_channel(CHANNEL, topic=texts.t("rehearsal.topic"))
    members = [guild.add_member(env.create_user(name.lower(), global_name=name)) for name in MEMBERS]
    preview = env.preview(channel, viewers=members, layout="channel", port=port)
    dress(preview, time)
    return preview


def _announce(url: str, *, open_browser: bool) -> None:
    _say(f"The rehearsal is at {url}\nCtrl-C ends it.")
    _say("For a real server, put the bot's token into .env as DISCORD_TOKEN; the README says how to get one.")
    if open_browser:
        with contextlib.suppress(webbrowser.Error):
            webbrowser.open(url)


class Live:
    """Keeps the page live: the pretend Discord's clock follows the real one, and the page what the bot does.

    simcord has no public way to do this while somebody clicks, so three private names of it are used; its version is
    pinned.
    """

    def __init__(self, env: "Env", preview: "Preview", time: _Time) -> None:
        self._env = env
        self._time = time
        self._preview = preview
        self._lock = asyncio.Lock()
        self._shown = -1
        self._act = preview._action  # noqa: SLF001 - see the class
        preview._action = self._act_alone  # type: ignore[method-assign] # noqa: SLF001 - see the class

    async def run(self, stop: asyncio.Event) -> None:
        """Go on until told to stop, or until the page ends the rehearsal."""
        ends = [asyncio.ensure_future(stop.wait()), asyncio.ensure_future(self._preview.wait_closed())]
        try:
            while not (await asyncio.wait(ends, timeout=TICK, return_when=asyncio.FIRST_COMPLETED))[0]:
                async with self._lock:
                    await self._catch_up()
                    await self._refresh()
        finally:
            for end in ends:
                end.cancel()

    async def _act_alone(self, context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
        """Carry out what was done on the page, while nothing else moves.

        What arrives while the clock is moved on would be refused, and a page that has not seen the newest state yet
        would be told that it is stale.
        """
        async with self._lock:
            await self._catch_up()
            if context_id is not None and "published_revision" in body:
                page = self._preview._get_page(context_id)  # noqa: SLF001 - see the class
                body = {**body, "published_revision": page.revision}
            return await self._act(context_id, body)

    async def _catch_up(self) -> None:
        try:
            await self._env.advance_time(max(self._time.behind().total_seconds(), 0))
        except TimeoutError:
            log.warning("the bot is busy; its clock catches up at the next tick")
        self._preview.capture_time = self._env.now()

    async def _refresh(self) -> None:
        """Show what has happened, if anything has: showing the same again would close what is open on the page."""
        happened = len(self._env.backend.transcript)
        if happened == self._shown:
            return
        try:
            await self._preview.refresh()
            self._shown = happened
        except TimeoutError:
            log.warning("the bot is busy; the page is brought up to date at the next tick")


SKIP = timedelta(minutes=5)
"""How long the page's button lets pass."""
SCRIPT = """
// A while to pass: for ballots, sessions and dates that nobody wants to sit out.
let skipped = 0;
const skip = document.createElement("button");
skip.textContent = "Let 5 minutes pass";
skip.id = "rehearsal-skip";
skip.addEventListener("click", async () => {
  const answer = await fetch("/rehearsal-skip");
  skipped = Number(await answer.text()) * 1000;
});
document.querySelector(".viewer-control").after(skip);
// Stay at the newest message unless the reader has scrolled up.
const timeline = document.getElementById("channel-timeline");
const list = document.getElementById("channel-message-list");
let away = false;
const toBottom = () => { if (!away) timeline.scrollTop = timeline.scrollHeight; };
for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"]) {
  timeline.addEventListener(kind, () => requestAnimationFrame(() => {
    away = timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight > 40;
  }), { passive: true });
}
new MutationObserver(() => requestAnimationFrame(() => requestAnimationFrame(toBottom)))
  .observe(list, { childList: true });
new ResizeObserver(toBottom).observe(list);
// Let "in 40 seconds" count down.
const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const units = [["second", 60, 1], ["minute", 3600, 60], ["hour", 86400, 3600], ["day", Infinity, 86400]];
setInterval(() => {
  for (const node of document.querySelectorAll("time.discord-timestamp")) {
    const seconds = (new Date(node.dateTime) - Date.now() - skipped) / 1000;
    const [unit, , size] = units.find(([, below]) => Math.abs(seconds) < below);
    node.textContent = words.format(Math.round(seconds / size), unit);
  }
}, 1000);
"""
STYLE = """
/* What a developer of bots needs and a reader does not. */
#capture-open, #inspector-toggle, #refresh, #view-action-output, #messages-toggle, #messages-sidebar {
  display: none !important;
}
.preview-workspace { grid-template-columns: 1fr !important; }
#preview-stage { grid-column: 1 / -1; }
#rehearsal-skip { font-size: 12px; }
"""


def dress(preview: "Preview", time: _Time) -> None:
    """Make simcord's page for developers one for readers: before it is entered, add a script and a style to it.

    The script's button has the time skip ahead.
    """
    from aiohttp import web  # noqa: PLC0415 - see rehearse

    server = preview._server  # noqa: SLF001 - see Live
    plain = server._static  # noqa: SLF001 - see Live
    ours = {"/rehearsal.js": ("application/javascript", SCRIPT), "/rehearsal.css": ("text/css", STYLE)}
    skip = "/rehearsal-skip"

    async def static(request: web.Request) -> web.StreamResponse:
        if request.path in ours:
            kind, text = ours[request.path]
            return web.Response(text=text, content_type=kind, headers=server._SECURITY_HEADERS)  # noqa: SLF001 - see Live
        if request.path == skip:
            time.ahead += SKIP
            return web.Response(text=str(time.ahead.total_seconds()), headers=server._SECURITY_HEADERS)  # noqa: SLF001 - see Live
        response: web.StreamResponse = await plain(request)
        if request.path == "/" and isinstance(response, web.Response) and response.text:
            response.text = (
                response.text.replace("<title>SimCord Preview", "<title>Rehearsal")
                .replace("</head>", '<link rel="stylesheet" href="/rehearsal.css"></head>')
                .replace("</body>", '<script type="module" src="/rehearsal.js"></script></body>')
            )
        return response

    server._static = static  # type: ignore[method-assign]  # noqa: SLF001 - see Live
    files = {**server._STATIC_FILES, **dict.fromkeys([*ours, skip], "")}  # noqa: SLF001 - see Live
    vars(server)["_STATIC_FILES"] = files


def _stop_at_signals(stop: asyncio.Event) -> None:
    if sys.platform != "win32":
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - this is for whoever typed the command
