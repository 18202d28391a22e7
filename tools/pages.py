"""Writes what is generated of the docs, whole pages and tables in others: `python -m tools.pages`."""

import asyncio
import re
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from discord import AppCommandType, app_commands
from msgspec.structs import fields

from cogs.client import Storyteller
from cogs.ui import texts
from cogs.ui.texts.help import GROUPS
from config import TABLES, Config, variable_of
from story.importing.validation import description
from story.rules.settings import DEFAULTS, SETTINGS, Kind, Setting, Settings
from story.services.container import Services
from story.services.library import Library, Title
from story.store import open_store
from tools import licences
from tools.locks import ROOT

DOCS = ROOT / "docs"
COMMANDS_HEAD = """# Commands

Type `/` in a channel, and Discord shows them with their options.

| command | what it does |
| --- | --- |"""
CONFIGURATION_HEAD = """# Settings of a copy

Whoever hosts the bot can set these. (A *server's* settings are [on another page](settings.md).) Only the token is
required.

| where | looks like |
| --- | --- |
| the environment, which comes first | `STORYTELLER_READING__VOTE_SECONDS=90` |
| a file `.env` | the same |
| a file `config.toml`, which comes last | `vote_seconds = 90`, under `[reading]` |

A setting's variable is `STORYTELLER_`, the table, two underscores, the key. Its value is written as in `config.toml`,
but a text needs no quotes. An empty variable does not count. The token may also be called `DISCORD_TOKEN`, as with
other bots.

Both files are beside `bot.py`, or with the command `storyteller` in the folder where you start it; `--config FILE`
names another `config.toml`, with `.env` beside it. Relative paths start from there too. `config.example.toml` is a
`config.toml` to begin with.

`python bot.py --check` shows every setting and where it is from, checks the stories, and ends. For a mistake it prints
one line with its place and what is expected there, and ends with exit code 2.
"""
SETTINGS_HEAD = """| setting | what it can be, the default in bold | of a reading, too |
| --- | --- | --- |
"""
FIRST_STORY = Title(DEFAULTS.story, "Room 241")
TABLE_BEGINS, TABLE_ENDS = "<!-- commands: `make docs` writes the table -->\n\n", "\n<!-- end of the commands -->\n"
"""What the README's table of commands stands between."""


class Commands(NamedTuple):
    """What members can ask for: commands, and entries in the menu of a message."""

    typed: dict[str, app_commands.Command[Any, Any, Any]]
    menus: list[app_commands.ContextMenu]


def main() -> None:
    """Write the pages."""
    for name, text in pages().items():
        (ROOT / name).write_text(text, encoding="utf-8")


def pages() -> dict[str, str]:
    """Return each page that is generated, or has a table that is, by its path in the project."""
    commands = asyncio.run(_commands())
    return {
        "README.md": _with_commands((ROOT / "README.md").read_text(encoding="utf-8"), commands),
        "docs/commands.md": "\n".join([COMMANDS_HEAD, *sorted(_rows(commands)), ""]),
        "docs/configuration.md": _configuration(),
        "docs/licences.md": licences.page(),
        "docs/settings.md": _with_settings((DOCS / "settings.md").read_text(encoding="utf-8")),
    }


async def _commands() -> Commands:
    with tempfile.TemporaryDirectory() as folder:
        async with open_store(Path(folder) / "readings.db") as store:
            services = Services.of(store, Library([]), lambda: datetime.now(UTC), Settings())
            async with Storyteller(services) as bot:
                await bot.add_commands()
                found = bot.tree.walk_commands()
                typed = {each.qualified_name: each for each in found if isinstance(each, app_commands.Command)}
                return Commands(typed, list(bot.tree.walk_commands(type=AppCommandType.message)))


def _rows(commands: Commands) -> Iterator[str]:
    """Yield the rows of all commands, with what each takes."""
    for command in commands.typed.values():
        takes = "".join(f"<br>`{each.display_name}:` {_cell(_of(each))}" for each in command.parameters)
        yield _row(command, takes)
    yield from map(_menu, commands.menus)


def _with_commands(readme: str, commands: Commands) -> str:
    """Return the README with its table of commands, by what they are for; the rest of it is written by hand."""
    before, begins, after = readme.partition(TABLE_BEGINS)
    _, ends, rest = after.partition(TABLE_ENDS)
    if not ends:
        msg = f"README.md has no table between {TABLE_BEGINS!r} and {TABLE_ENDS!r}"
        raise ValueError(msg)
    return "".join([before, begins, *(f"{row}\n" for row in _by_subject(commands)), ends, rest])


def _by_subject(commands: Commands) -> Iterable[str]:
    yield from ("| | |", "| --- | --- |")
    for subject, names in GROUPS.items():
        yield f"| **{texts.t(subject)}** | |"
        yield from (_row(commands.typed[name]) for name in names)
    yield from sorted(map(_menu, commands.menus))


def _row(command: app_commands.Command[Any, Any, Any], takes: str = "") -> str:
    return f"| `/{command.qualified_name}` | {_cell(command.description)}{takes} |"


def _menu(menu: app_commands.ContextMenu) -> str:
    return f"| *Apps*, *{menu.name}* | In the menu of a message |"


def _of(parameter: app_commands.Parameter) -> str:
    """Return what is said of a parameter, and what it can be where that is a list."""
    choices = ", ".join(str(choice.name) for choice in parameter.choices)
    return f"{parameter.description}{f' ({choices})' if choices else ''}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _configuration() -> str:
    said = _comments((ROOT / "config.example.toml").read_text(encoding="utf-8"))
    parts = [CONFIGURATION_HEAD]
    values = {setting.key: setting.value for setting in Config().settings()}
    for table, kind in TABLES.items():
        parts.append(f"\n## {table}\n\n| key, and variable | default | |\n| --- | --- | --- |\n")
        for field in fields(kind):
            name = f"{table}.{field.name}"
            default = f"`{values[name]}`" if values[name] else ""
            says = f"{said[name]}<br>*Expected:* {description(field.type)}."
            parts.append(f"| `{field.name}`<br>`{variable_of(name)}` | {default} | {says} |\n")
    return "".join(parts)


def _comments(example: str) -> dict[str, str]:
    """Return what the example's comments say of each key; one comment can be on several keys."""
    found, table, said, fresh = {}, "", "", False
    for line in example.splitlines():
        if heading := re.fullmatch(r"\[(\w+)\]", line):
            table, fresh = heading[1], False
        elif line.startswith("# "):
            said, fresh = (f"{said} {line[2:]}" if fresh else line[2:]), True
        elif key := re.match(r"(\w+) = ", line):
            found[f"{table}.{key[1]}"], fresh = said, False
    return found


def _with_settings(page: str) -> str:
    """Return a page with its table of settings as they are declared; the rest of it is written by hand."""
    before, head, after = page.partition(SETTINGS_HEAD)
    if not head:
        msg = f"settings.md has no table that begins with {SETTINGS_HEAD!r}"
        raise ValueError(msg)
    rest = re.sub(r"\A(?:\|.*\n)*", "", after)
    rows = []
    for group, found in groupby(filter(lambda each: each.is_shown, SETTINGS.values()), key=lambda each: each.group):
        rows += [f"| *{texts.t(f'settings.group.{group}')}* | | |\n", *map(_setting, found)]
    return "".join([before, head, *rows, rest])


def _setting(setting: Setting) -> str:
    """Return a row of the table of settings."""
    now = texts.setting_value(DEFAULTS, setting.name, [FIRST_STORY])
    others = [each.label for each in texts.options(setting.name, [])] if setting.kind is Kind.NAMED else []
    values = "; ".join([f"**{now}**", *(each for each in others if each != now)])
    return f"| {texts.t(f'setting.{setting.name}')} | {values} | {'yes' if setting.of_reading else ''} |\n"


if __name__ == "__main__":
    main()
