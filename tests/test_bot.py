import asyncio
import json
import logging
import os
import signal as signals
import subprocess
import sys
from pathlib import Path

import aiohttp
import discord
import pytest

import bot
from cogs.client import Storyteller
from config import load_config
from story.services.starts import Starts
from story.store import open_store
from tests.builders import write_story

ROOT = Path(bot.__file__).parent
TOKEN = "a.secret.token"  # noqa: S105 - opens nothing


@pytest.fixture(autouse=True)
def _no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name == "DISCORD_TOKEN" or name.startswith("STORYTELLER_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(f'[discord]\ntoken = "{TOKEN}"\n', encoding="utf-8")
    file.chmod(0o600)
    return file


def test_check_says_what_is_in_the_library(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bot.main(["--config", str(config), "--check"]) == 0
    assert "Room 241" in capsys.readouterr().err


HEAVY = ("PIL", "lxml", "charset_normalizer", "rich", "readchar", "prometheus_client", "aiohttp.web", "simcord")


def test_what_few_need_is_imported_when_it_is_needed() -> None:
    ask = f"import bot, sys; print([name for name in {HEAVY} if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603 - our own
    assert said.stdout.strip() == "[]"


def test_check_shows_every_setting_and_where_it_is_from(
    config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYTELLER_READING__VOTE_SECONDS", "90")
    assert bot.main(["--config", str(config), "--check"]) == 0
    said = capsys.readouterr().err
    lines = [line.split("#") for line in said.splitlines()[:-1]]
    shown = {line.strip(): source.strip() for line, source in lines}
    assert shown["STORYTELLER_READING__VOTE_SECONDS=90"] == "environment"
    assert shown["STORYTELLER_DISCORD__TOKEN=***"] == str(config)
    assert shown["STORYTELLER_LOG__LEVEL=INFO"] == "default"
    assert TOKEN not in said


@pytest.mark.parametrize("terminal", [(), (0,), (2,)])
def test_without_a_token_or_a_terminal_it_says_in_one_line_what_to_set(
    config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, terminal: tuple[int, ...]
) -> None:
    config.write_text("", encoding="utf-8")
    monkeypatch.setattr("os.isatty", lambda number: number in terminal)
    assert bot.main(["--config", str(config)]) == bot.BAD_SETTINGS
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("there is no token: set STORYTELLER_DISCORD__TOKEN, or ")


def test_a_terminal_without_what_the_rehearsal_runs_on_is_no_newcomer(
    config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    config.write_text("", encoding="utf-8")
    monkeypatch.setattr("os.isatty", lambda _number: True)
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    assert bot.main(["--config", str(config)]) == bot.BAD_SETTINGS
    assert "there is no token" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "text", "terminal"),
    [(["--rehearse"], f'[discord]\ntoken = "{TOKEN}"\n', False), (["--or-rehearse"], "", False), ([], "", True)],
)
def test_it_rehearses_where_it_is_told_to_or_at_a_terminal(
    config: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], text: str, *, terminal: bool
) -> None:
    rehearsed: list[int] = []
    config.write_text(text, encoding="utf-8")
    monkeypatch.setattr("os.isatty", lambda _number: terminal)

    def rehearse(*_: object, port: int, **__: object) -> int:
        rehearsed.append(port)
        return 0

    monkeypatch.setattr("rehearsal.rehearse", rehearse)
    assert bot.main(["--config", str(config), "--port", "7", *arguments]) == 0
    assert rehearsed == [7]


def test_the_installed_command_has_its_settings_where_it_is_started(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("STORYTELLER_LOG__LEVEL=loud\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["storyteller"])
    assert bot.run_command_line() == bot.BAD_SETTINGS
    assert capsys.readouterr().err.startswith(f"{tmp_path / '.env'}: STORYTELLER_LOG__LEVEL: expected ")


def test_a_log_of_everything_has_no_line_of_a_story(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text('[log]\nlevel = "DEBUG"\n', encoding="utf-8")
    assert bot.main(["--config", str(config), "--check"]) == 0
    assert "markdown_it" not in capsys.readouterr().err


def test_check_reports_every_mistake_in_a_story(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_story(tmp_path / "mine" / "well", {"story.toml": "title = 3\n", "01.md": "Text."})
    config.write_text('[stories]\nfolders = ["mine"]\n', encoding="utf-8")
    assert bot.main(["--config", str(config), "--check"]) == bot.BAD_SETTINGS
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 5
    assert all(line.startswith(str(tmp_path / "mine" / "well")) for line in lines)


def test_a_bad_setting_is_one_line_and_exit_code_2(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text("[reading]\nvote_seconds = true\n", encoding="utf-8")
    assert bot.main(["--config", str(config)]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{config}: reading.vote_seconds: expected ")


def test_a_default_story_that_is_not_there_is_one_line(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text('[stories]\ndefault = "nothing"\n', encoding="utf-8")
    assert bot.main(["--config", str(config)]) == 2
    assert "stories.default: expected one of room-241" in capsys.readouterr().err


def test_a_story_with_mistakes_is_left_out_and_logged(
    config: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write_story(tmp_path / "mine" / "well", {"story.toml": "title = 3\n", "01.md": "Text."})
    config.write_text('[stories]\nfolders = ["mine"]\n', encoding="utf-8")
    library = bot.load_stories(load_config(config, {}), config, strict=False)
    assert [story.id for story in library] == ["room-241"]
    assert "a story is left out" in caplog.text


def test_a_database_that_cannot_be_used_is_one_line(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text(f'[discord]\ntoken = "{TOKEN}"\n[database]\nurl = "sqlite:///."\n', encoding="utf-8")
    assert bot.main(["--config", str(config)]) == 2
    assert "cannot be used as the database" in capsys.readouterr().err.splitlines()[-1]


def test_a_bot_can_stand_by_for_a_database_on_a_server_only(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bot.main(["--config", str(config), "--stand-by"]) == 2
    assert "--stand-by needs PostgreSQL as database.url" in capsys.readouterr().err


def test_shards_are_shared_in_a_database_on_a_server_only(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bot.main(["--config", str(config), "--shards", "auto"]) == 2
    assert "--shards needs PostgreSQL as database.url" in capsys.readouterr().err


@pytest.mark.parametrize("flags", [["--shards", "0"], ["--shards", "all"], ["--shards", "4", "--stand-by"]])
def test_shards_that_cannot_be_shared_are_refused(config: Path, flags: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        bot.main(["--config", str(config), *flags])
    assert ended.value.code == bot.BAD_SETTINGS


def test_a_token_that_discord_refuses_is_one_line_without_the_token(
    config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(_bot: Storyteller, _token: str) -> None:
        raise discord.LoginFailure

    monkeypatch.setattr(Storyteller, "start", refuse)
    assert bot.main(["--config", str(config)]) == 2
    said = capsys.readouterr().err
    assert "discord.token: Discord refuses the token" in said
    assert TOKEN not in said


@pytest.mark.parametrize("error", [aiohttp.ClientConnectionError, discord.GatewayNotFound])
def test_a_discord_that_cannot_be_reached_is_one_line(
    config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    async def fail(_bot: Storyteller, _token: str) -> None:
        raise error

    monkeypatch.setattr(Storyteller, "start", fail)
    assert bot.main(["--config", str(config)]) == bot.UNREACHABLE
    assert "Discord cannot be reached" in capsys.readouterr().err


def test_the_token_that_is_configured_is_the_one_that_is_used(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[str] = []

    async def note(_bot: Storyteller, token: str) -> None:
        used.append(token)

    monkeypatch.setattr(Storyteller, "start", note)
    assert bot.main(["--config", str(config)]) == 0
    assert used == [TOKEN]


@pytest.mark.parametrize("signal", ["SIGTERM", "SIGINT"])
def test_a_signal_stops_the_bot_cleanly(config: Path, monkeypatch: pytest.MonkeyPatch, signal: str) -> None:
    async def wait(_bot: Storyteller, _token: str) -> None:
        os.kill(os.getpid(), getattr(signals, signal))
        await asyncio.Event().wait()

    monkeypatch.setattr(Storyteller, "start", wait)
    assert bot.main(["--config", str(config)]) == 0


@pytest.mark.usefixtures("_log_as_before")
def test_the_log_can_be_json_one_object_a_line(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text('[log]\nformat = "json"\n', encoding="utf-8")
    bot.set_up_logging(load_config(config, {}))
    logging.getLogger("cogs").warning("two\nlines")
    [line] = capsys.readouterr().err.splitlines()
    record = json.loads(line)
    assert (record["levelname"], record["name"], record["message"]) == ("WARNING", "cogs", "two\nlines")


@pytest.fixture
def _log_as_before() -> object:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_token_that_others_can_read_is_warned_of(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.chmod(0o644)
    assert bot.main(["--config", str(config), "--check"]) == 0
    assert f"{config}: others on this machine can read the token in it; chmod 600 it" in capsys.readouterr().err


async def test_a_bot_that_is_started_again_and_again_waits_and_says_why(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    async with open_store(tmp_path / "readings.db") as store:
        starts = Starts(store, bot.now)
        for _ in range(6):
            await bot._pause_before_a_start(starts)
    assert waited == [1]
    assert "started 6 times within an hour: waiting 1 s, so that Discord's 1,000 starts a day last" in caplog.text
