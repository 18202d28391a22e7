from pathlib import Path

import pytest

from config import BadConfigError, Config, load_config
from story.importing.limits import LIMITS

ROOT = Path(__file__).parent.parent
TOKEN = "a.secret.token"  # noqa: S105


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
    assert config.database_file == tmp_path / "data" / "readings.db"
    assert (config.stories.default, config.reading.vote_seconds, config.log.format) == ("room-241", 60, "text")


def test_the_example_has_every_setting_with_its_default() -> None:
    example = load_config(ROOT / "config.example.toml", {}, required=True)
    assert example.model_dump() == Config().model_dump()
    text = (ROOT / "config.example.toml").read_text(encoding="utf-8")
    for table, fields in Config.model_fields.items():
        assert f"[{table}]" in text
        assert all(f"\n{key} = " in text for key in type(fields.default).model_fields)


def test_a_file_that_is_asked_for_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(BadConfigError, match="no such file"):
        load_config(tmp_path / "nowhere.toml", {}, required=True)


def test_relative_paths_start_from_the_file(tmp_path: Path) -> None:
    config = load(tmp_path, '[database]\nurl = "sqlite:///x/y.db"\n[stories]\nfolders = ["mine", "/theirs"]\n')
    assert config.database_file == tmp_path / "x" / "y.db"
    assert config.story_folders == [tmp_path / "mine", Path("/theirs")]


def test_the_environments_token_comes_first(tmp_path: Path) -> None:
    assert load(tmp_path, '[discord]\ntoken = "other"\n', DISCORD_TOKEN=f" {TOKEN}\n").token == TOKEN
    assert load(tmp_path, f'[discord]\ntoken = "{TOKEN}"\n').token == TOKEN


def test_the_token_is_in_no_repr(tmp_path: Path) -> None:
    config = load(tmp_path, "", DISCORD_TOKEN=TOKEN)
    assert TOKEN not in repr(config)
    assert TOKEN not in str(config.model_dump())


def test_the_token_is_in_no_error(tmp_path: Path) -> None:
    with pytest.raises(BadConfigError) as bad:
        load(tmp_path, f'[discord]\ntoken = "{TOKEN}"\ntokn = "{TOKEN}"\n[reading]\nvote_seconds = "x"\n')
    assert TOKEN not in str(bad.value)


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
        (
            '[database]\nurl = "postgres://x"\n',
            'database.url: expected an address such as "sqlite:///data/readings.db"',
        ),
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
    limits = load(tmp_path, "[stories]\nupload_kib = 3\nupload_sections = 4\n").limits
    assert (limits.bytes, limits.sections) == (3 * 1024, 4)
    assert Config().limits == LIMITS
    assert mistakes(tmp_path, "[stories]\nupload_kib = 0\n") == [
        "config.toml: stories.upload_kib: expected a whole number of KiB from 1 to 25600 (25 MiB)"
    ]
