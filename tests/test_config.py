import os
from pathlib import Path

import pytest
from msgspec.structs import fields

from config import TABLES, BadConfigError, Config, load_config, variable_of
from story.importing.limits import LIMITS

ROOT = Path(__file__).parent.parent
TOKEN = "a.secret.token"  # noqa: S105 - opens nothing


def load(folder: Path, text: str, **environment: str) -> Config:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return load_config(file, environment)


def mistakes(folder: Path, text: str) -> list[str]:
    with pytest.raises(BadConfigError) as bad:
        load(folder, text)
    return [line.removeprefix(f"{folder}/") for line in bad.value.lines]


def test_everything_may_be_left_out(tmp_path: Path) -> None:
    config = load_config(tmp_path / "nowhere.toml", {})
    assert config.token == ""
    assert config.database_place == tmp_path / "data" / "readings.db"
    assert (config.stories.default, config.reading.vote_seconds, config.log.format) == ("room-241", 60, "text")


def test_the_example_has_every_setting_with_its_default() -> None:
    example = load_config(ROOT / "config.example.toml", {}, required=True)
    assert values_of(example) == values_of(Config())
    text = (ROOT / "config.example.toml").read_text(encoding="utf-8")
    for table, kind in TABLES.items():
        assert f"[{table}]" in text
        assert all(f"\n{field.name} = " in text for field in fields(kind))


def test_a_file_that_is_asked_for_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(BadConfigError, match="no such file"):
        load_config(tmp_path / "nowhere.toml", {}, required=True)


def test_relative_paths_start_from_the_file(tmp_path: Path) -> None:
    config = load(tmp_path, '[database]\nurl = "sqlite:///x/y.db"\n[stories]\nfolders = ["mine", "/theirs"]\n')
    assert config.database_place == tmp_path / "x" / "y.db"
    assert config.story_folders == [tmp_path / "mine", Path("/theirs")]


def test_a_database_may_be_on_a_server_and_its_password_is_not_shown(tmp_path: Path) -> None:
    url = "postgresql://bot:s3cr:et@db.example:5432/storyteller?sslmode=require"
    config = load(tmp_path, f'[database]\nurl = "{url}"\n')
    assert config.database_place == url
    [shown] = [each.value for each in config.settings() if each.key == "database.url"]
    assert shown == "postgresql://bot@db.example:5432/storyteller?sslmode=require"


def test_the_token_may_be_called_as_other_bots_have_it(tmp_path: Path) -> None:
    assert load(tmp_path, '[discord]\ntoken = "other"\n', DISCORD_TOKEN=f" {TOKEN}\n").token == TOKEN
    assert load(tmp_path, f'[discord]\ntoken = "{TOKEN}"\n').token == TOKEN
    (tmp_path / ".env").write_text(f"DISCORD_TOKEN={TOKEN}\n", encoding="utf-8")
    assert load(tmp_path, "").token == TOKEN


def test_of_two_names_for_the_token_ours_comes_first(tmp_path: Path) -> None:
    assert load(tmp_path, "", DISCORD_TOKEN="other", STORYTELLER_DISCORD__TOKEN=TOKEN).token == TOKEN  # noqa: S106 - opens nothing
    assert load(tmp_path, "", DISCORD_TOKEN=TOKEN, STORYTELLER_DISCORD__TOKEN="").token == TOKEN


VALUES = {
    "discord.token": (TOKEN, TOKEN),
    "database.url": ("sqlite:////data/x y.db", "sqlite:////data/x y.db"),
    "stories.folders": ('["mine", "/their tales"]', ["mine", "/their tales"]),
    "stories.default": ("12", "12"),
    "stories.upload_kib": ("3", 3),
    "stories.upload_sections": ("4", 4),
    "stories.server_stories": ("5", 5),
    "stories.member_stories": ("6", 6),
    "reading.vote_seconds": (" 90 ", 90),
    "log.level": ("DEBUG", "DEBUG"),
    "log.format": ("json", "json"),
    "health.port": ("8080", 8080),
    "health.address": ("0.0.0.0", "0.0.0.0"),  # noqa: S104 - somebody may want it
}


def value_of(config: Config, key: str) -> object:
    table, _, name = key.partition(".")
    return getattr(getattr(config, table), name)


def values_of(config: Config) -> list[object]:
    return [value_of(config, key) for key in VALUES]


def test_every_setting_has_a_variable() -> None:
    assert [setting.key for setting in Config().settings()] == list(VALUES)


@pytest.mark.parametrize("key", VALUES)
def test_a_setting_can_come_from_the_environment(tmp_path: Path, key: str) -> None:
    written, meant = VALUES[key]
    assert value_of(load(tmp_path, "", **{variable_of(key): written}), key) == meant


@pytest.mark.parametrize("key", VALUES)
def test_a_setting_can_come_from_a_dotenv_beside_the_file(tmp_path: Path, key: str) -> None:
    written, meant = VALUES[key]
    (tmp_path / ".env").write_text(f"# a comment\nOTHER=1\nexport {variable_of(key)}='{written}'\n", encoding="utf-8")
    assert value_of(load(tmp_path, ""), key) == meant


def test_a_variable_has_the_name_of_its_table_and_key() -> None:
    assert variable_of("reading.vote_seconds") == "STORYTELLER_READING__VOTE_SECONDS"


def test_the_environment_comes_before_dotenv_and_that_before_the_file(tmp_path: Path) -> None:
    file = "[reading]\nvote_seconds = 10\n"
    assert load(tmp_path, file).reading.vote_seconds == 10
    (tmp_path / ".env").write_text("STORYTELLER_READING__VOTE_SECONDS=20\n", encoding="utf-8")
    assert load(tmp_path, file).reading.vote_seconds == 20
    assert load(tmp_path, file, STORYTELLER_READING__VOTE_SECONDS="30").reading.vote_seconds == 30


def test_a_variable_leaves_the_other_keys_of_its_table(tmp_path: Path) -> None:
    config = load(tmp_path, '[log]\nformat = "json"\nlevel = "ERROR"\n', STORYTELLER_LOG__LEVEL="DEBUG")
    assert (config.log.level, config.log.format) == ("DEBUG", "json")


def test_a_variable_that_is_empty_is_none(tmp_path: Path) -> None:
    assert (
        load(tmp_path, "[reading]\nvote_seconds = 10\n", STORYTELLER_READING__VOTE_SECONDS=" ").reading.vote_seconds
        == 10
    )


def test_nothing_is_put_in_for_a_dollar(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("STORYTELLER_DISCORD__TOKEN=a$HOME${HOME}\n", encoding="utf-8")
    assert load(tmp_path, "", HOME="x").token == "a$HOME${HOME}"  # noqa: S105 - opens nothing


def test_each_setting_says_where_it_is_from(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("STORYTELLER_LOG__LEVEL=DEBUG\n", encoding="utf-8")
    config = load(tmp_path, "[reading]\nvote_seconds = 10\n", STORYTELLER_HEALTH__PORT="80", DISCORD_TOKEN=TOKEN)
    shown = {setting.key: (setting.value, setting.source) for setting in config.settings()}
    assert shown["discord.token"] == ("***", "environment")
    assert shown["health.port"] == ("80", "environment")
    assert shown["log.level"] == ("DEBUG", str(tmp_path / ".env"))
    assert shown["reading.vote_seconds"] == ("10", str(tmp_path / "config.toml"))
    assert shown["log.format"] == ("text", "default")


def test_what_is_shown_can_be_set_again(tmp_path: Path) -> None:
    before = load(tmp_path, '[stories]\nfolders = ["C:\\\\Tales", "ä"]\n', STORYTELLER_READING__VOTE_SECONDS="90")
    variables = {setting.variable: setting.value for setting in before.settings()}
    assert values_of(load(tmp_path, "", **variables)) == values_of(before)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("READING__VOTE_SECONDS", "soon", "expected a whole number of seconds from 5 to 604800 (a week)"),
        ("READING__VOTE_SECONDS", "1", "expected a whole number of seconds from 5 to 604800 (a week)"),
        ("READING__VOTE_SECONDS", "60\nx = 1", "expected a whole number of seconds from 5 to 604800 (a week)"),
        ("STORIES__FOLDERS", "mine", "expected a list of folders, each in quotes"),
        ("LOG__LEVEL", "loud", 'expected "DEBUG", "INFO", "WARNING" or "ERROR"'),
        ("HEALTH__PORT", "-1", "expected the number of a port from 1 to 65535, or 0 for none"),
        ("READING__SECONDS", "60", "unknown; did you mean vote_seconds?"),
        ("READIN__VOTE_SECONDS", "60", "unknown; did you mean reading?"),
        ("VOTE_SECONDS", "60", "unknown; expected one of discord, database, stories, reading, log, health"),
    ],
)
def test_a_mistake_in_a_variable_is_one_line_with_its_name(
    tmp_path: Path, name: str, value: str, expected: str
) -> None:
    with pytest.raises(BadConfigError) as bad:
        load(tmp_path, "", **{f"STORYTELLER_{name}": value})
    [line] = bad.value.lines
    assert line == f"environment: STORYTELLER_{name}: {expected}"


def test_a_mistake_in_a_dotenv_is_told_from_one_in_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("STORYTELLER_LOG__LEVEL=loud\n", encoding="utf-8")
    assert mistakes(tmp_path, '[log]\nlevel = "INFO"\nformat = "xml"\n') == [
        '.env: STORYTELLER_LOG__LEVEL: expected "DEBUG", "INFO", "WARNING" or "ERROR"',
        'config.toml: log.format: expected "text" or "json"',
    ]


def test_a_table_that_is_none_is_reported_although_a_variable_is_set_in_it(tmp_path: Path) -> None:
    with pytest.raises(BadConfigError, match=r"config\.toml: log: expected a table \[log\]"):
        load(tmp_path, "log = 3\n", STORYTELLER_LOG__LEVEL="INFO")


def test_a_line_of_a_dotenv_that_sets_nothing_is_reported_with_its_number(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LANG=C\n\nthe token is 3\n", encoding="utf-8")
    assert mistakes(tmp_path, "") == [".env: line 3: expected NAME=value"]


def test_the_token_is_in_no_error_about_a_dotenv(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"DISCORD_TOKEN {TOKEN}\n", encoding="utf-8")
    assert TOKEN not in str(mistakes(tmp_path, ""))


def test_the_token_is_in_no_repr(tmp_path: Path) -> None:
    config = load(tmp_path, "", DISCORD_TOKEN=TOKEN)
    assert TOKEN not in repr(config)


def test_the_token_is_in_no_error(tmp_path: Path) -> None:
    with pytest.raises(BadConfigError) as bad:
        load(tmp_path, f'[discord]\ntoken = "{TOKEN}"\ntokn = "{TOKEN}"\n[reading]\nvote_seconds = "x"\n')
    assert TOKEN not in str(bad.value)


ADDRESSES = 'an address such as "sqlite:///data/readings.db" or "postgresql://user@host/database"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[readin]\n", "readin: unknown; did you mean reading?"),
        ("[reading]\nseconds = 1\n", "reading.seconds: unknown; did you mean vote_seconds?"),
        (
            '[reading]\nvote_seconds = "60"\n',
            "reading.vote_seconds: expected a whole number of seconds from 5 to 604800 (a week)",
        ),
        (
            "[reading]\nvote_seconds = 1\n",
            "reading.vote_seconds: expected a whole number of seconds from 5 to 604800 (a week)",
        ),
        ('[database]\nurl = "mysql://x"\n', f"database.url: expected {ADDRESSES}"),
        ("[stories]\nfolders = [1]\n", "stories.folders.0: expected a list of folders, each in quotes"),
        ('[log]\nlevel = "loud"\n', 'log.level: expected "DEBUG", "INFO", "WARNING" or "ERROR"'),
        ("[discord]\ntoken = 3\n", "discord.token: expected the bot's token, in quotes"),
        ("reading = 3\n", "reading: expected a table [reading]"),
    ],
)
def test_a_mistake_is_one_line_with_file_key_and_what_is_expected(tmp_path: Path, text: str, expected: str) -> None:
    assert mistakes(tmp_path, text) == [f"config.toml: {expected}"]


def test_every_mistake_is_reported_at_once(tmp_path: Path) -> None:
    assert len(mistakes(tmp_path, '[log]\nlevel = "loud"\nformat = 3\n[reading]\nx = 1\n')) == 3


def test_a_malformed_file_is_one_line(tmp_path: Path) -> None:
    [line] = mistakes(tmp_path, "[log\n")
    assert line.startswith("config.toml: not valid TOML: ")
    assert "line 1" in line


def test_a_file_that_is_not_utf_8_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(BadConfigError, match="expected UTF-8 text"):
        load_config(file, {})


def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(BadConfigError, match="cannot be read: Is a directory"):
        load_config(tmp_path, {})


def test_what_servers_may_bring_in_is_a_setting(tmp_path: Path) -> None:
    limits = load(
        tmp_path, "[stories]\nupload_kib = 3\nupload_sections = 4\nserver_stories = 5\nmember_stories = 6\n"
    ).limits
    assert (limits.bytes, limits.sections, limits.of_server, limits.of_member) == (3 * 1024, 4, 5, 6)
    assert Config().limits == LIMITS
    assert mistakes(tmp_path, "[stories]\nupload_kib = 0\n") == [
        "config.toml: stories.upload_kib: expected a whole number of KiB from 1 to 25600 (25 MiB)"
    ]


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such permissions")
@pytest.mark.parametrize(("mode", "found"), [(0o600, False), (0o640, True), (0o604, True)])
def test_a_file_with_a_token_that_others_can_read_is_known(tmp_path: Path, mode: int, *, found: bool) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[discord]\ntoken = "secret"\n', encoding="utf-8")
    file.chmod(mode)
    assert (load_config(file, {}).exposed == file) is found
    assert load_config(file, {"DISCORD_TOKEN": "other"}).exposed is None


def test_a_file_without_a_token_may_be_read_by_anybody(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("", encoding="utf-8")
    file.chmod(0o644)
    assert load_config(file, {}).exposed is None
