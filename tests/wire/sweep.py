"""The sweep: `python -m tests.wire.sweep`.

Gives every command with every option and every choice, types in every option that suggests something, presses every
kind of button, chooses in every kind of select and answers every modal; in English with a plain story and in German
with one that is at every limit. Says how many bodies Discord was sent meanwhile; what it would refuse is told.
"""

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.wire.driver import Wire, until
from tests.wire.extremes import EXTREMES, LAST, manuscript, slips, write_extremes, write_languages
from tests.wire.hands import Hands, find, untried
from tests.wire.judge import Json
from tests.wire.ledger import reading_of
from tests.wire.processes import open_bot, open_wire
from tests.wire.setting import STORY, TOLD_BY, database, make_setting

ANN, BOB, CAT = 101, 102, 103
SWEEPS = {"en-US": (STORY, f"{len(TOLD_BY)}"), "de": (EXTREMES, LAST)}
"""The languages of members' Discords, what they read, and what to type for its last scene."""
LATER = "2031-05-01 20:00"
TYPED = {"scheduled": LATER, "typed:zone": "Europe/Berlin", "typed:story": STORY, "draft:name": "Somebody else"}
"""What is typed in modals."""
PAGED = ("shelf:0", "bookmarks:0", "calendar:0", "status:0")
"""What turns the pages of lists that are too short here to have any."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep came to: bodies that were judged by their routes, what was not tried, and what was pressed."""

    bodies: Counter[str]
    untried: tuple[str, ...]
    pressed: frozenset[str]


class Sweep:
    """An evening of a server, in which everything is tried."""

    def __init__(self, wire: Wire, locale: str) -> None:
        self._wire = wire
        self._story, self._last = SWEEPS[locale]
        self._language = locale.partition("-")[0]
        self._here, self._there = wire.channel(1), wire.channel(2)
        self.ann = Hands(wire, self._here, ANN, locale, TYPED)
        self.bob = Hands(wire, self._here, BOB, locale, TYPED)
        self.cat = Hands(wire, wire.channel(4), CAT, locale, TYPED)

    async def run(self) -> None:
        """Try everything."""
        await self._look_around()
        await self._set()
        await self._bring()
        await self._read()
        await self._look_back()
        await self._plan()
        await self._meet()
        await self._set_aside()
        await self._finish()
        await self._type()
        await self._forget()

    async def _look_around(self) -> None:
        for name in ("help", "about", "privacy", "story list", "where", "notify", "status"):
            await self.ann.explore(await self.ann.give(name))
        await self.ann.explore(await self.ann.give("story info", story=self._story))
        [shown] = await self.ann.give("story list")
        for custom_id in (*PAGED, f"info:{self._story}:0"):
            await self.ann.press_id(shown, custom_id)

    async def _set(self) -> None:
        """Change every setting there and back, and let what is posted from now on have all that it can have."""
        [panel] = await self.ann.give("settings")
        await self.ann.explore([panel])
        await self.ann.press(await self.ann.press_id(panel, "reset:0"), "resets")
        for name, value in {"language": self._language, "discuss": "true", "story": self._story}.items():
            await self.ann.choose(panel, f"change:0:{name}", value)

    async def _bring(self) -> None:
        for text in (slips(), manuscript()):
            upload = {"file": "story.md", "text": text}
            preview = await self.ann.give("library import", file=upload)
            for kind in ("draft:colours", "draft:colour", "draft:coloured"):
                preview = await self.ann.press(preview, kind)
            await self.ann.explore(await self.ann.give("library import", file=upload))
            await self.ann.press(await self.ann.give("library import", file=upload), "draft:discard")
            kept = await self.ann.press(await self.ann.give("library import", file=upload), "draft:keep")
            await self.ann.press(kept, "start")
            await self.ann.press(await self.ann.give("story stop"), "stop")
        for each in await self.ann.complete("library remove", "story", ""):
            await self.ann.explore(await self.ann.give("story info", story=each["value"]))
            await self.ann.give("story export", story=each["value"])
            await self.ann.press(await self.ann.give("library remove", story=each["value"]), "remove")

    async def _read(self) -> None:
        scenes = await self.ann.complete("story start", "at", "", story=self._story)
        await self.ann.give("story start", story=self._story)
        await self.ann.give("story start", story=self._story, channel=str(self._there), at=scenes[1]["value"])
        await self.ann.explore(await self._newest())
        await self.ann.explore(await self.ann.give("pov"))
        await self.ann.give("back")
        for _ in range(4):
            await self.bob.give("next")
            [first, *_] = [*await self.ann.complete("pov", "who", ""), {"value": ""}]
            await self.ann.give("pov", who=first["value"])
            await self.ann.explore(await self._newest())
        await self.ann.give("where")
        [panel] = await self.ann.give("settings")
        await self.ann.choose(panel, "change:0:decide", "first")
        for _ in range(3):
            await self.ann.give("next")
        await self.ann.choose(panel, "change:0:decide", "vote")

    async def _look_back(self) -> None:
        here = (await self.ann.complete("recap", "reading", ""))[0]["value"]
        [recap] = await self.ann.give("recap", reading=here)
        await self.ann.press_id(recap, f"recap:{here}:0")
        for form in ("picture", "text"):
            await self.ann.explore(await self.ann.give("path", **{"as": form}, reading=here))
        for form in ("md", "html", "epub"):
            await self.ann.give("transcript", **{"as": form}, reading=here)
        for scene in await self.ann.complete("reread", "scene", ""):
            [pov, *_] = await self.ann.complete("reread", "pov", "", scene=scene["value"])
            await self.ann.explore(await self.ann.give("reread", scene=scene["value"], pov=pov["value"]))
        await self.ann.give("bookmark")
        await self.ann.menu("Bookmark this section", (await self._newest())[-1])
        await self.ann.menu("Import as story", (await self._newest())[-1])
        await self.ann.explore(await self.ann.give("bookmarks"))
        missed, whole = find(await self.bob.give("catchup"), "whole")
        await self.bob.press_id(missed, whole["custom_id"].replace("whole", "missed"))
        await self.bob.explore([missed])
        await self.ann.give("story export", story=self._story)

    async def _plan(self) -> None:
        role = str((self._here >> 22 << 22) + 1)
        for repeat in ("daily", "weekly", "weekdays", "none"):
            options = {"zone": "Asia/Tokyo", "repeat": repeat, "remind": 60, "ping": role}
            await self.ann.give("session schedule", when=LATER, **options)
            await self.ann.explore(await self._newest())
            await self.ann.give("session move", when="2031-05-02 21:00")
            await self.ann.explore(await self.ann.give("session calendar"))
            [date, *_] = await self.ann.complete("session cancel", "date", "")
            await self.ann.give("session cancel", date=date["value"])
        for every in ("daily", "weekdays", "weekly", "story", "off"):
            await self.ann.give("serial", every=every, at="20:00", zone="Europe/Berlin")

    async def _meet(self) -> None:
        await self.ann.give("session start")
        lobby = await self._newest()
        await self.bob.press(lobby, "join")
        await self.ann.explore(lobby)
        await self.ann.give("session readers")
        await self.ann.press(lobby, "begin")
        asked = await self.ann.give("next")
        await self.ann.explore(asked)
        await self.ann.press(asked, "turn")
        for name in ("session pause", "session resume"):
            await self.ann.give(name)
        await self.bob.press(lobby, "leave")
        await self.bob.press(lobby, "join")
        await self.ann.give("session host", who=str(BOB))
        await self.ann.give("session stop")
        closing = await self._newest()
        await self.ann.explore(closing)
        await self.ann.press(closing, "schedule")

    async def _set_aside(self) -> None:
        """Begin one story in place of another, and go back to it."""
        choice = await self.ann.press_id((await self._newest())[-1], "another")
        await self.ann.press(await self.ann.press(choice, "begin"), "instead")
        [aside, *_] = await self.ann.complete("story continue", "reading", "")
        await self.ann.press(await self.ann.give("story continue", reading=aside["value"]), "continue")
        [elsewhere, *_] = await self.ann.complete("story move", "reading", "")
        await self.ann.give("story move", channel=str(self._wire.channel(3)))
        await self.ann.give("story move", reading=elsewhere["value"], channel=str(self._here))
        await self.ann.press(await self.ann.give("restart"), "restart")

    async def _type(self) -> None:
        """Type in whatever suggests something, when there is the most to suggest."""
        for name, option in [each.rsplit(" ", 2)[:2] for each in await self.untried() if each.endswith(" typing")]:
            for text in ("", "e"):
                await self.ann.complete(name, option, text, story=self._story)

    async def _finish(self) -> None:
        """Come to the end of the story in another channel, in plain mode."""
        [panel] = await self.ann.give("settings")
        await self.ann.choose(panel, "change:0:plain", "true")
        [*_, last] = await self.cat.complete("story start", "at", self._last, story=self._story)
        await self.cat.give("story start", story=self._story, at=last["value"])
        for _ in range(2):
            await self.cat.give("next")
            await self.cat.explore((await self._wire.ask("messages", channel=self.cat.channel))[-1:])

    async def _forget(self) -> None:
        await self.ann.press(await self.ann.give("forget me"), "forgetme")
        [panel] = await self.ann.give("settings")
        await self.ann.press(await self.ann.press_id(panel, "forget"), "forgets")

    async def _newest(self) -> list[Json]:
        """Return the last message of the channel."""
        messages: list[Json] = await self._wire.ask("messages", channel=self._here)
        return messages[-1:]

    async def untried(self) -> list[str]:
        """Return which commands, options, choices and suggestions were not tried."""
        return untried(await self._wire.ask("commands"), self.ann.used | self.bob.used)

    @property
    def pressed(self) -> frozenset[str]:
        """The custom_ids that something was pressed of."""
        return frozenset(self.ann.pressed | self.bob.pressed | self.cat.pressed)


async def sweep_run(locale: str, folder: Path) -> Swept:
    """Carry out a sweep in a folder.

    Raises:
        AssertionError: the bot sent what Discord would refuse, or did not answer.
    """
    config = make_setting(folder, vote_seconds=3600)
    stories = config.parent / "stories"
    write_languages(stories / STORY)
    write_extremes(stories)
    async with open_wire() as wire, open_bot(wire, config) as bot:
        sweep = Sweep(wire, locale)
        await sweep.run()

        async def settled() -> bool:
            with reading_of(database(config)) as connection:
                return bool(connection.execute("SELECT count(*) FROM delivery").fetchone() == (0,))

        await until(settled, "everything to be shown")
        assert bot.alive
        log = config.with_suffix(".log").read_text(encoding="utf-8")
        assert "Traceback" not in log, log[log.index("Traceback") - 500 :]
        bodies = Counter((await wire.ask("judged"))["bodies"])
        return Swept(bodies, tuple(await sweep.untried()), sweep.pressed)


def main() -> int:
    """Run from the command line; return 1 if anything was left untried."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    bodies, left = Counter[str](), set[str]()
    for locale in SWEEPS:
        with tempfile.TemporaryDirectory() as folder:
            swept = asyncio.run(sweep_run(locale, Path(folder)))
        bodies += swept.bodies
        left |= set(swept.untried)
    print(*(f"{times:6,} {route}" for route, times in bodies.most_common()), sep="\n")  # noqa: T201 - for whoever typed it
    print(f"{bodies.total():6,} bodies judged, none of which Discord would refuse")  # noqa: T201 - as above
    for each in sorted(left):
        print(f"not tried: {each}")  # noqa: T201 - as above
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
