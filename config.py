"""The settings of a copy of the bot: `config.toml`, with the token from the environment if it is there."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, ValidationError

from story.importing.limits import Limits
from story.importing.validation import explain
from story.rules.settings import Settings

TOKEN_VARIABLE = "DISCORD_TOKEN"  # noqa: S105 - the name of the variable, not a token
SCHEME = "sqlite:///"


class BadConfigError(Exception):
    """The settings cannot be used; `lines` says for each mistake the file, the key and what is expected."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = tuple(lines)


class _Strict(BaseModel):
    # Validation errors would quote the input, and one of the inputs is the token.
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)


class Discord(_Strict):
    """How the bot gets onto Discord."""

    token: SecretStr = Field(SecretStr(""), description="the bot's token, in quotes")


class Database(_Strict):
    """Where readings are kept."""

    url: Annotated[str, StringConstraints(pattern=rf"^{SCHEME}.+$")] = Field(
        "sqlite:///data/readings.db", description='an address such as "sqlite:///data/readings.db"'
    )


class Stories(_Strict):
    """What is on the shelf."""

    folders: list[str] = Field([], description="a list of folders, each in quotes")
    upload_kib: int = Field(8192, ge=1, le=25_600, description="a whole number of KiB from 1 to 25600 (25 MiB)")
    upload_sections: int = Field(5000, ge=1, le=9999, description="a whole number of sections from 1 to 9999")
    default: str = Field("room-241", min_length=1, description="the id of a story on the shelf, in quotes")


class Reading(_Strict):
    """How stories are read."""

    vote_seconds: int = Field(60, ge=5, le=604_800, description="a whole number of seconds from 5 to 604800 (a week)")


class Log(_Strict):
    """What is logged, and in what form."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description='"DEBUG", "INFO", "WARNING" or "ERROR"'
    )
    format: Literal["text", "json"] = Field("text", description='"text" or "json"')


class Config(_Strict):
    """Every setting; `base` is the folder that relative paths in it start from."""

    discord: Discord = Field(Discord(), description="a table [discord]")
    database: Database = Field(Database(), description="a table [database]")
    stories: Stories = Field(Stories(), description="a table [stories]")
    reading: Reading = Field(Reading(), description="a table [reading]")
    log: Log = Field(Log(), description="a table [log]")
    _base: Path = Path()

    @property
    def token(self) -> str:
        """The token, or nothing."""
        return self.discord.token.get_secret_value()

    @property
    def database_file(self) -> Path:
        """Where the database is."""
        return self._base / self.database.url.removeprefix(SCHEME)

    @property
    def defaults(self) -> Settings:
        """What holds in a server that has set nothing else."""
        return Settings(seconds=self.reading.vote_seconds, story=self.stories.default)

    @property
    def limits(self) -> Limits:
        """How much of a story servers may bring in."""
        return Limits(bytes=self.stories.upload_kib * 1024, sections=self.stories.upload_sections)

    @property
    def story_folders(self) -> list[Path]:
        """Where the operator's stories are."""
        return [self._base / folder for folder in self.stories.folders]


def load_config(file: Path, environment: Mapping[str, str] = os.environ, *, required: bool = False) -> Config:
    """Read the settings from a file, or take the defaults if there is none and none is required.

    Raises:
        BadConfigError: with every mistake, a line each.
    """
    table = _read(file, required=required)
    try:
        config = Config.model_validate(table)
    except ValidationError as error:
        raise BadConfigError([f"{file}: {explain(Config, mistake)}" for mistake in error.errors()]) from None
    if environment.get(TOKEN_VARIABLE):
        config = config.model_copy(update={"discord": Discord(token=SecretStr(environment[TOKEN_VARIABLE].strip()))})
    config._base = file.resolve().parent  # noqa: SLF001 - pydantic's way to a private attribute of its model
    return config


def _read(file: Path, *, required: bool) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if required:
            raise BadConfigError([f"{file}: no such file; config.example.toml is one to start from"]) from None
        return {}
    except OSError as error:
        raise BadConfigError([f"{file}: cannot be read: {error.strerror}"]) from None
    except UnicodeDecodeError:
        raise BadConfigError([f"{file}: expected UTF-8 text"]) from None
    except tomllib.TOMLDecodeError as error:
        raise BadConfigError([f"{file}: not valid TOML: {error}"]) from None
