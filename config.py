"""The settings of a copy of the bot: from the environment, or else `.env`, or else `config.toml`.

Each setting has a variable: `vote_seconds` in the table `[reading]` is `STORYTELLER_READING__VOTE_SECONDS`. Its value
is written as in `config.toml`, but a text needs no quotes.

pydantic-settings has such a rule too. With pydantic it would take a fifth of an idle bot's memory, and it does not say
which of the places a mistake is in.
"""

import io
import json
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv.parser import parse_stream
from msgspec import Meta, Struct
from msgspec.structs import asdict, fields

from story.importing.limits import Limits
from story.importing.validation import InvalidError, Wrong, checked
from story.rules.settings import Settings
from story.store.database import SCHEMES, Where, located, without_password

PREFIX = "STORYTELLER_"
WITHIN = "__"
"""What separates the table and the key in a variable's name."""
SHORT_NAMES = {"DISCORD_TOKEN": f"{PREFIX}DISCORD{WITHIN}TOKEN"}
"""Common names of a variable, and ours, which wins if both are set."""
TOKEN = "discord.token"  # noqa: S105 - the name of the setting
"""The setting that is never shown."""
OTHERS = 0o044
"""The permissions that let others than its owner read a file."""


class BadConfigError(Exception):
    """The settings can't be used; for each mistake, `lines` has the file, the key and what is expected."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = tuple(lines)


class _Strict(Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Discord(_Strict, frozen=True):
    """How the bot connects to Discord."""

    token: Annotated[str, Meta(description="the bot's token, in quotes")] = ""

    def __repr__(self) -> str:
        return f"Discord(token={_shown(TOKEN, self.token)!r})"


class Database(_Strict, frozen=True):
    """Where readings are stored."""

    url: Annotated[
        str,
        Meta(
            pattern=rf"^({'|'.join(SCHEMES)}).+\Z",
            description='an address such as "sqlite:///data/readings.db" or "postgresql://user@host/database"',
        ),
    ] = "sqlite:///data/readings.db"


def _number(of: str, least: int, most: int, note: str = "") -> Meta:
    return Meta(ge=least, le=most, description=f"a whole number of {of} from {least} to {most}{note}")


class Stories(_Strict, frozen=True):
    """What is in the library."""

    folders: Annotated[list[str], Meta(description="a list of folders, each in quotes")] = []
    default: Annotated[str, Meta(min_length=1, description="the id of a story in the library, in quotes")] = "room-241"
    upload_kib: Annotated[int, _number("KiB", 1, 25_600, " (25 MiB)")] = 8192
    upload_sections: Annotated[int, _number("sections", 1, 9999)] = 5000
    server_stories: Annotated[int, _number("stories", 0, 500)] = 50
    member_stories: Annotated[int, _number("stories", 0, 500)] = 25


class Reading(_Strict, frozen=True):
    """How stories are read."""

    vote_seconds: Annotated[int, _number("seconds", 5, 604_800, " (a week)")] = 60


class Log(_Strict, frozen=True):
    """What is logged, and in what form."""

    level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"], Meta(description='"DEBUG", "INFO", "WARNING" or "ERROR"')
    ] = "INFO"
    format: Annotated[Literal["text", "json"], Meta(description='"text" or "json"')] = "text"


class Health(_Strict, frozen=True):
    """Where the bot reports how it is doing."""

    port: Annotated[int, Meta(ge=0, le=65_535, description="the number of a port from 1 to 65535, or 0 for none")] = 0
    address: Annotated[str, Meta(min_length=1, description='an address of this machine, such as "127.0.0.1"')] = (
        "127.0.0.1"
    )


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: its key, its variable, its value as in the variable, and where it is from.

    The token is never in here; its value is `***`. Neither is a database's password.
    """

    key: str
    variable: str
    value: str
    source: str


class Tables(_Strict, frozen=True):
    """Every setting, in its table."""

    discord: Annotated[Discord, Meta(description="a table [discord]")] = Discord()
    database: Annotated[Database, Meta(description="a table [database]")] = Database()
    stories: Annotated[Stories, Meta(description="a table [stories]")] = Stories()
    reading: Annotated[Reading, Meta(description="a table [reading]")] = Reading()
    log: Annotated[Log, Meta(description="a table [log]")] = Log()
    health: Annotated[Health, Meta(description="a table [health]")] = Health()


TABLES: Mapping[str, type[Struct]] = {table.name: type(table.default) for table in fields(Tables)}


class Config(Tables, frozen=True):
    """Every setting; relative paths start from the folder `base`, and `sources` says where each setting comes from."""

    base: Path = Path()
    sources: Mapping[str, str] = {}

    @property
    def token(self) -> str:
        """The token, or nothing."""
        return self.discord.token

    @property
    def exposed(self) -> Path | None:
        """The file with the token, if others on this machine can read it."""
        source = self.sources.get(TOKEN, "environment")
        if not self.token or source == "environment" or os.name != "posix":
            return None
        file = Path(source)
        return file if file.stat().st_mode & OTHERS else None

    @property
    def database_place(self) -> Where:
        """Where the database is."""
        return located(self.database.url, self.base)

    @property
    def defaults(self) -> Settings:
        """The settings of a server that has changed nothing."""
        return Settings(seconds=self.reading.vote_seconds, story=self.stories.default)

    @property
    def limits(self) -> Limits:
        """How large stories servers may import, and how many."""
        return Limits(
            bytes=self.stories.upload_kib * 1024,
            sections=self.stories.upload_sections,
            of_server=self.stories.server_stories,
            of_member=self.stories.member_stories,
        )

    @property
    def story_folders(self) -> list[Path]:
        """Where the operator's stories are."""
        return [self.base / folder for folder in self.stories.folders]

    def settings(self) -> Iterator[Setting]:
        """Yield every setting, in the order of `config.example.toml`."""
        for table in TABLES:
            for key, value in asdict(getattr(self, table)).items():
                name = f"{table}.{key}"
                yield Setting(name, variable_of(name), _shown(name, value), self.sources.get(name, "default"))


def variable_of(key: str) -> str:
    """Return the variable of a setting, such as `reading.vote_seconds`."""
    return PREFIX + key.replace(".", WITHIN).upper()


def load_config(file: Path, environment: Mapping[str, str] = os.environ, *, required: bool = False) -> Config:
    """Read the settings from the environment, from `.env` beside a file, and from the file.

    What is in none of these has its default; the file may be missing unless it is required.

    Raises:
        BadConfigError: there are mistakes, a line each.
    """
    table = _read(file, required=required)
    sources = {f"{name}.{key}": str(file) for name, keys in table.items() if isinstance(keys, dict) for key in keys}
    dotenv = file.with_name(".env")
    for source, variables in ((str(dotenv), _read_dotenv(dotenv)), ("environment", environment)):
        sources |= {key: source for key, value in _named(variables) if _put(table, key, value)}
    try:
        tables = checked(Tables, table)
    except InvalidError as error:
        raise BadConfigError([_line_of(each, sources, file) for each in error.mistakes]) from None
    return Config(**asdict(tables), base=file.resolve().parent, sources=sources)


def _line_of(mistake: Wrong, sources: Mapping[str, str], file: Path) -> str:
    """Say what is wrong, and where; for a variable, with its name."""
    wrong = ".".join(map(str, mistake.way[:2]))
    key = next((key for key in sources if f"{key}.".startswith(f"{wrong}.")), wrong)
    source = sources.get(key, str(file))
    if source == str(file):
        return f"{source}: {mistake.what}"
    return f"{source}: {variable_of(key)}: {mistake.what.partition(': ')[2]}"


def _named(variables: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield our variables that are not empty, each with its setting's key."""
    filled = {name: value.strip() for name, value in variables.items() if value.strip()}
    short = {ours: filled[theirs] for theirs, ours in SHORT_NAMES.items() if theirs in filled}
    for name, value in {**short, **filled}.items():
        if name.upper().startswith(PREFIX):
            yield name.upper().removeprefix(PREFIX).lower().replace(WITHIN, ".", 1), value


def _put(tables: dict[str, Any], key: str, value: str) -> bool:
    """Put the value of a variable into its table; return False if the file has a mistake there."""
    name, _, key = key.partition(".")
    table = tables.setdefault(name, {})
    if not isinstance(table, dict):
        return False
    table[key] = value if _is_text(name, key) else _parsed(value)
    return True


def _is_text(table: str, key: str) -> bool:
    """Whether a setting is a text; an unknown one is refused anyway."""
    known = {field.name: field for field in fields(TABLES[table])} if table in TABLES else {}
    return key not in known or isinstance(known[key].default, str)


def _parsed(value: str) -> Any:
    """Read a value as TOML; what is no TOML stays a text, and is refused as that."""
    try:
        table = tomllib.loads(f"value = {value}")
    except tomllib.TOMLDecodeError:
        return value
    return table["value"] if len(table) == 1 else value


def _shown(key: str, value: object) -> str:
    if key == TOKEN:
        return "***" if value else ""
    if isinstance(value, str):
        return without_password(value)
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _read(file: Path, *, required: bool) -> dict[str, Any]:
    text = _text(file)
    if text is None:
        if required:
            raise BadConfigError([f"{file}: no such file; config.example.toml is one to start from"])
        return {}
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadConfigError([f"{file}: not valid TOML: {error}"]) from None


def _read_dotenv(file: Path) -> dict[str, str]:
    """Read a `.env`. `$NAME` in it stays as it is."""
    bindings = list(parse_stream(io.StringIO(_text(file) or "")))
    wrong = [each.original for each in bindings if each.error]
    if wrong:
        raise BadConfigError([f"{file}: line {_line(each)}: expected NAME=value" for each in wrong])
    return {each.key: each.value for each in bindings if each.key and each.value}


def _line(original: Any) -> int:
    """Return the line of a mistake in a `.env`, after the empty ones above it."""
    text: str = original.string
    return int(original.line) + text[: len(text) - len(text.lstrip())].count("\n")


def _text(file: Path) -> str | None:
    """Return a file's text, or None if there is no file."""
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BadConfigError([f"{file}: cannot be read: {error.strerror}"]) from None
    except UnicodeDecodeError:
        raise BadConfigError([f"{file}: expected UTF-8 text"]) from None
