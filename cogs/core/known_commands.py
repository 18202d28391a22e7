"""Tells Discord the commands when they change, and knows the ids it gave them."""

import hashlib
import logging
from contextlib import suppress
from typing import Any

import orjson
from discord.ext import commands

from cogs.core.translator import Translator
from cogs.ui import texts
from story.errors import NotKeptError
from story.services.members import Members

TOLD, IDS = "commands", "command_ids"
"""The keys of two notes: the hash of what Discord was told last, and the ids it answered with."""

log = logging.getLogger(__name__)


class KnownCommands:
    """The commands as Discord knows them. With its id, a text can mention one so that it can be clicked."""

    def __init__(self, bot: commands.AutoShardedBot, members: Members) -> None:
        self._bot = bot
        self._members = members
        self._ids: dict[str, int] = {}

    async def load(self) -> None:
        """Learn the ids that Discord has given, whichever process has told it."""
        self._ids = orjson.loads(await self._members.note(IDS) or "{}")

    async def tell(self) -> None:
        """Tell Discord the commands, unless they are the ones it was last told."""
        tree = self._bot.tree
        told = [each.to_dict(tree) for each in tree.get_commands()]
        digest = _digest(self._bot.application_id, told)
        if await self._members.note(TOLD) == digest and (ids := await self._members.note(IDS)):
            self._ids = orjson.loads(ids)
            return
        await tree.set_translator(Translator())
        self._ids = {each.name: each.id for each in await tree.sync()}
        await tree.set_translator(None)
        log.info("told Discord %d commands", len(told))
        with suppress(NotKeptError):  # they are told again at the next start
            await self._members.keep_note(IDS, orjson.dumps(self._ids).decode())
            await self._members.keep_note(TOLD, digest)

    def mention(self, name: str) -> str:
        """Return a command, such as "story list", as a mention that can be clicked."""
        known = self._ids.get(name.split(" ", maxsplit=1)[0])
        return f"</{name}:{known}>" if known else f"`/{name}`"


def _digest(application: int | None, told: list[dict[str, Any]]) -> str:
    """Return a hash of the commands in English and of the catalogues, without parsing those."""
    known = [application, told, texts.CATALOGUES.digest()]
    return hashlib.sha256(orjson.dumps(known, option=orjson.OPT_SORT_KEYS)).hexdigest()
