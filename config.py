"""The settings of a copy of the bot: from the environment, or else `.env`, or else `config.toml`.

Each setting has a variable: `vote_seconds` in the table `[reading]` is `STORYTELLER_READING__VOTE_SECONDS`. Its value
is written as in `config.toml`, but a text needs no quotes.

pydantic-settings has such a rule too. It would take a tenth of an idle bot's memory, and does not say which of the
places a mistake is in.
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
from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, ValidationError

from story.importing.limits import Limits
from story.importing.validation import explain
from story.rules.settings import Settings
from story.store.database import SCHEMES, Where, located, without_password

PREFIX = "STORYTELLER_"
WITHIN = "__"
"""What separates the table and the key in a variable's name."""
SHORT_NAMES = {"DISCORD_TOKEN": f"{PREFIX}DISCORD{WITHIN}TOKEN"}
"""Common names of a variable, and ours, which wins if both are set."""
OTHERS = 0o044
"""The permissions that let others than its owner read a file."""


class BadConfigError(Exception):
    """The settings can't be used; for each mistake, `lines` has the file, the key and what is expected."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = tuple(lines)


class _Strict(BaseModel):
    # Validation errors would quote the input, and one of the inputs is the token.
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)


class Discord(_Strict):
    """How the bot connects to Discord."""

    token: SecretStr = Field(SecretStr(""), description="the bot's token, in quotes")


class Database(_Strict):
    """Where readings are stored."""

    url: Annotated[str, StringConstraints(pattern=rf"^({'|'.join(SCHEMES)}).+$")] = Field(
        "sqlite:///data/readings.db",
        description='an address such as "sqlite:///data/readings.db" or "postgresql://user@host/database"',
    )


class Stories(_Strict):
    """What is in the library."""

    folders: list[str] = Field([], description="a list of folders, each in quotes")
    default: str = Field("room-241", min_length=1, description="the id of a story in the library, in quotes")
    upload_kib: int = Field(8192, ge=1, le=25_600, description="a whole number of KiB from 1 to 25600 (25 MiB)")
    upload_sections: int = Field(5000, ge=1, le=9999, description="a whole number of sections from 1 to 9999")
    server_stories: int = Field(50, ge=0, le=500, description="a whole number of stories from 0 to 500")
    member_stories: int = Field(25, ge=0, le=500, description="a whole number of stories from 0 to 500")


class Reading(_Strict):
    """How stories are read."""

    vote_seconds: int = Field(60, ge=5, le=604_800, description="a whole number of seconds from 5 to 604800 (a week)")


class Log(_Strict):
    """What is logged, and in what form."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description='"DEBUG", "INFO", "WARNING" or "ERROR"'
    )
    format: Literal["text", "json"] = Field("text", description='"text" or "json"')


class Health(_Strict):
    """Where the bot reports how it is doing."""

    port: int = Field(0, ge=0, le=65_535, description="the number of a port from 1 to 65535, or 0 for none")
    address: str = Field("127.0.0.1", min_length=1, description='an address of this machine, such as "127.0.0.1"')


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: its key, its variable, its value as in the variable, and where it is from.

    The token is never in here; its value is `***`. Neither is a database's password.
    """

    key: str
    variable: str
    value: str
    source: str


class Config(_Strict):
    """Every setting; relative paths start from the folder `base`."""

    discord: Discord = Field(Discord(), description="a table [discord]")
    database: Database = Field(Database(), description="a table [database]")
    stories: Stories = Field(Stories(), description="a table [stories]")
    reading: Reading = Field(Reading(), description="a table [reading]")
    log: Log = Field(Log(), description="a table [log]")
    health: Health = Field(Health(), description="a table [health]")
    _base: Path = Path()
    _sources: Mapping[str, str] = {}

    @property
    def token(self) -> str:
        """The token, or nothing."""
        return self.discord.token.get_secret_value()

    @property
    def exposed(self) -> Path | None:
        """The file with the token, if others on this machine can read it."""
        source = self._sources.get("discord.token", "environment")
        if not self.token or source == "environment" or os.name != "posix":
            return None
        file = Path(source)
        return file if file.stat().st_mode & OTHERS else None

    @property
    def database_place(self) -> Where:
        """Where the database is."""
        return located(self.database.url, self._base)

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
        return [self._base / folder for folder in self.stories.folders]

    def settings(self) -> Iterator[Setting]:
        """Yield every setting, in the order of `config.example.toml`."""
        for table in type(self).model_fields:
            for key, value in getattr(self, table):
                name = f"{table}.{key}"
                yield Setting(name, variable_of(name), _shown(value), self._sources.get(name, "default"))


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
        config = Config.model_validate(table)
    except ValidationError as error:
        raise BadConfigError([_mistake(each, sources, file) for each in error.errors()]) from None
    config._base = file.resolve().parent  # noqa: SLF001 - pydantic's way to a private attribute of its model
    config._sources = sources  # noqa: SLF001 - as above
    return config


def _mistake(error: Any, sources: Mapping[str, str], file: Path) -> str:
    """Say what is wrong, and where; for a variable, with its name."""
    what, wrong = explain(Config, error), ".".join(map(str, error["loc"][:2]))
    key = next((key for key in sources if f"{key}.".startswith(f"{wrong}.")), wrong)
    source = sources.get(key, str(file))
    return f"{source}: {what}" if source == str(file) else f"{source}: {variable_of(key)}: {what.partition(': ')[2]}"


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
    found = Config.model_fields.get(table)
    field = type(found.default).model_fields.get(key) if found else None
    return field is None or isinstance(field.default, str | SecretStr)


def _parsed(value: str) -> Any:
    """Read a value as TOML; what is no TOML stays a text, and is refused as that."""
    try:
        table = tomllib.loads(f"value = {value}")
    except tomllib.TOMLDecodeError:
        return value
    return table["value"] if len(table) == 1 else value


def _shown(value: object) -> str:
    if isinstance(value, SecretStr):
        return "***" if value.get_secret_value() else ""
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
